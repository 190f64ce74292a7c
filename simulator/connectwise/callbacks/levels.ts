/** Types of callbacks and the levels each can be narrowed to. Only the first three ever fire here. */
export const CALLBACK_LEVELS: Readonly<Record<string, readonly string[]>> = {
  company: ['owner', 'status', 'type', 'territory', 'company', 'integratortag'],
  contact: ['owner', 'type', 'territory', 'company', 'contact'],
  configuration: ['owner', 'type', 'status', 'configuration'],
  ...Object.fromEntries(
    [
      ...['ticket', 'project', 'opportunity', 'activity', 'agreement', 'invoice', 'expense', 'member'],
      ...['productcatalog', 'purchaseorder', 'schedule', 'time'],
    ].map((type) => [type, ['owner']]),
  ),
};
