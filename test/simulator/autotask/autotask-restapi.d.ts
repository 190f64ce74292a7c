declare module '@apigrate/autotask-restapi' {
  interface Entity {
    get(id: number): Promise<unknown>;
    query(search: object): Promise<{ items: object[] }>;
    count(search: object): Promise<unknown>;
    create(values: object): Promise<{ itemId: number }>;
    fieldInfo(): Promise<{ fields: { name: string; picklistValues: object[] | null }[] }>;
  }
  interface Child extends Omit<Entity, 'create'> {
    create(parent: number, values: object): Promise<{ itemId: number }>;
    update(parent: number, values: object): Promise<{ itemId: number }>;
    delete(parent: number, id: number): Promise<{ itemId: number }>;
  }
  /** As much of the client as the test uses: it comes without types. */
  export class AutotaskRestApi {
    constructor(user: string, secret: string, code: string, options: { base_url: string });
    readonly zoneInfo: object | null;
    readonly Companies: Entity;
    readonly Contacts: Entity;
    readonly CompanyContacts: Child;
  }
}
