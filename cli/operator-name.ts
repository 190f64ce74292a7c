import { userInfo } from 'node:os';

/** Who typed the command, for notes that others read. */
export function operatorName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'an operator'; // a container's user need not have a name
  }
}
