import fc from "fast-check";
import { expect, test } from "vitest";
import { createGuardedLookup, isPublicAddress, namesPrivateHost } from "../../src/net/addresses.ts";

test.each([
  "127.0.0.1",
  "127.255.255.254",
  "0.0.0.0",
  "10.1.2.3",
  "172.16.0.1",
  "192.168.1.1",
  "169.254.169.254",
  "100.64.0.1",
  "198.18.0.1",
  "224.0.0.1",
  "255.255.255.255",
  "::",
  "::1",
  "::ffff:127.0.0.1",
  "::ffff:10.0.0.1",
  "64:ff9b::7f00:1",
  "2002:7f00:1::",
  "2001:0:7f00:1::",
  "fe80::1",
  "fe80::1%eth0",
  "fc00::1",
  "::127.0.0.1",
  "[::127.0.0.1]",
  "::7f00:1",
  "::10.0.0.1",
  "::8.8.8.8",
  "::ffff:0:127.0.0.1",
  "::ffff:0:7f00:1",
  "64:ff9b:1::127.0.0.1",
  "::2",
  "4000::1",
  "fec0::1",
  "3fff::1",
  "fd12:3456::1",
  "ff02::1",
  "2001:db8::1",
  "not an address",
  "",
])("F76: %s is not a public address", (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each(["93.184.216.34", "8.8.8.8", "2606:4700:4700::1111", "2001:4860:4860::8888", "::ffff:8.8.8.8"])(
  "%s is public",
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
  },
);

test.each([
  "http://2130706433/",
  "http://0x7f.1/",
  "http://0177.0.0.1/",
  "http://127.1/",
  "http://[::ffff:127.0.0.1]/",
  "http://[::127.0.0.1]/",
  "http://[::7f00:1]/",
  "http://[::ffff:0:127.0.0.1]/",
  "http://[0:0:0:0:0:0:10.0.0.1]/",
  "http://[::1]/",
  "http://[0:0:0:0:0:ffff:7f00:1]/",
  "http://localhost/",
  "http://LOCALHOST./",
  "http://localhost../",
  "http://a.localhost/",
  "http://127.0.0.1./",
])("F77: %s names a private host", (url) => {
  expect(namesPrivateHost(new URL(url))).toBe(true);
});

test("F77: an IPv6 zone is not a URL", () => {
  expect(URL.canParse("http://[fe80::1%25eth0]/")).toBe(false);
});

test("F76: an IPv4 address inside IPv6 is judged as the IPv4 address", () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      expect(isPublicAddress(`::ffff:${address}`)).toBe(isPublicAddress(address));
    }),
    { numRuns: Number(process.env.FC_RUNS ?? 200) },
  );
});

test("F76: of a name with public and private addresses, only the public ones are given to the socket", async () => {
  const lookup = createGuardedLookup({
    allowPrivate: false,
    resolve: async () => [
      { address: "127.0.0.1", family: 4 },
      { address: "8.8.8.8", family: 4 },
    ],
  });
  const found = await new Promise((resolve) =>
    lookup("two.example", { all: true }, (_, got) => resolve(got)),
  );
  expect(found).toEqual([{ address: "8.8.8.8", family: 4 }]);
});
