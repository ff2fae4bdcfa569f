/** A PNG's head states its size; nothing after it is needed here. */
export function png(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(45);
  Buffer.from("89504e470d0a1a0a0000000d49484452", "hex").copy(bytes);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}
