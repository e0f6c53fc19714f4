// One JSON object in, one out.
import { text } from "node:stream/consumers";

export const told = async () => JSON.parse(await text(process.stdin));
export const printed = (answer) => process.stdout.write(`${JSON.stringify(answer)}\n`);
