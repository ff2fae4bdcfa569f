// Out goes which URI schemes IANA has registered (https://www.iana.org/assignments/uri-schemes/); names only of letters.

const REGISTERED = new Set(
  `aaa aaas about acap acct acr admin afp afs aim amss android appdata apt ark attachment aw barion beshare bitcoin
  bitcoincash blob bolo browserext calculator callto cap cast casts chrome cid coap coaps content crid cvs dab data
  dav diaspora dict did dis dlna dns doi dpp drm drop dtn dvb dweb ed elsi embedded ens ethereum example facetime
  fax feed feedready fido file filesystem finger fish fm ftp geo gg git gizmoproject go gopher graph gtalk hcp http
  https hxxp hxxps hydrazone hyper iax icap icon im imap info iotdisco ipfs ipn ipns ipp ipps irc ircs iris isostore
  itms jabber jar jms keyparc lastfm lbry ldap ldaps leaptofrogans lorawan lpa lvlt magnet mailserver mailto maps
  market matrix message microsoft mid mms modem mongodb moz msnim msrp msrps mss mt mtqp mumble mupdate mvn news nfs
  ni nih nntp notes num oid onenote opaquelocktoken openid openpgp otpauth palm paparazzi payment payto pkcs platform
  pop pres prospero proxy psyc pttp pwid qb query quic redis rediss reload res resource rmi rsync rtmfp rtmp rtsp
  rtsps rtspu sarif secondlife service session sftp sgn shc shttp sieve simpleledger simplex sip sips skype smb smp
  sms smtp snews snmp soldat spiffe spotify ssb ssh starknet steam stun stuns submit svn swh swid swidpath tag taler
  teamspeak tel teliaeid telnet tftp things thismessage tip tn tool turn turns tv udp unreal upt urn ut uuid vemmi
  ventrilo ves videotex vnc vscode vsls w wais wasm wcr web webcal wifi wpid ws wss wtai wyciwyg xcon xfire xftp
  xmlrpc xmpp xri ymsgr javascript view`.split(/\s+/),
);

/** Whether IANA knows the scheme; lower case in. */
export function isRegisteredScheme(scheme: string): boolean {
  return REGISTERED.has(scheme);
}
