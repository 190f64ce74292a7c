// Uses the npm client connectwise-rest, unmodified, as its readme shows. Started as a process of its own, since
// NODE_EXTRA_CA_CERTS is only read at the start. Prints one JSON line.
import { ManageAPI } from 'connectwise-rest';

const { url, company, publicKey, privateKey, clientId } = JSON.parse(process.argv[2]);
const cwm = new ManageAPI({
  companyId: company,
  companyUrl: new URL(url).host,
  publicKey,
  privateKey,
  clientId,
  logger: () => undefined,
});

const info = await cwm.SystemAPI.getSystemInfo();
const contacts = await cwm.paginate(cwm.CompanyAPI.getCompanyContacts, { pageSize: 20 }, { orderBy: 'id asc' });
const [first] = await cwm.CompanyAPI.getCompanyCompanies({ conditions: 'identifier = "catchall"', fields: 'id,name' });
const company2 = await cwm.CompanyAPI.getCompanyCompaniesById(2);
const created = await cwm.CompanyAPI.postCompanyContacts({
  firstName: 'Rest',
  company: { identifier: 'AcmeIT' },
  communicationItems: [{ type: { id: 1 }, value: 'rest@example.com', communicationType: 'Email' }],
});
const patched = await cwm.CompanyAPI.patchCompanyContactsById(created.id, [
  { op: 'replace', path: 'title', value: 'CTO' },
]);
await cwm.CompanyAPI.deleteCompanyContactsById(created.id);
const gone = await cwm.CompanyAPI.getCompanyContactsById(created.id).catch((error) => error.status);

process.stdout.write(
  `${JSON.stringify({
    version: info.version,
    contacts: contacts.map((contact) => contact.id),
    first,
    company2: company2.identifier,
    created: {
      firstName: created.firstName,
      companyId: created.company.id,
      email: created.communicationItems[0].value,
    },
    patched: patched.title,
    gone,
  })}\n`,
);
