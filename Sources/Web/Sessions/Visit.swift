import Glibc

/// What a request tells of where it comes from, cut to what its owner recognises.
package struct Visit: Sendable {
  /// Browser and system by name, "Firefox, Linux"; empty when unknown.
  package let agent: String
  /// IPv4 cut to /24, IPv6 to /48; empty when unknown.
  package let network: String
  let cookies: String?

  /// `203.0.113.7` → `203.0.113.0/24`
  static func network(_ address: String?) -> String {
    guard let address, address.utf8.count < 64 else { return "" }
    var four = in_addr()
    if inet_pton(AF_INET, address, &four) == 1 {
      let bytes = withUnsafeBytes(of: four) { Array($0) }
      return "\(bytes[0]).\(bytes[1]).\(bytes[2]).0/24"
    }
    var six = in6_addr()
    guard inet_pton(AF_INET6, address, &six) == 1 else { return "" }
    let bytes = withUnsafeBytes(of: six) { Array($0) }
    if bytes.prefix(10).allSatisfy({ $0 == 0 }), bytes[10] == 255, bytes[11] == 255 {
      return "\(bytes[12]).\(bytes[13]).\(bytes[14]).0/24"
    }
    let groups = stride(from: 0, to: 6, by: 2).map {
      String(Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]), radix: 16)
    }
    return groups.joined(separator: ":") + "::/48"
  }

  /// Names that people know, from a header that says much else.
  static func browser(_ header: String) -> String {
    let browsers = [
      ("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"),
      ("Safari/", "Safari"),
      ("curl/", "curl"),
    ]
    let systems = [
      ("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iOS"), ("iPad", "iOS"),
      ("Mac OS X", "macOS"),
      ("Linux", "Linux"),
    ]
    let found = [browsers, systems].compactMap { list in list.first { header.contains($0.0) }?.1 }
    return found.joined(separator: ", ")
  }
}

extension Call {
  package var visit: Visit { state.visit }
  /// Value of the session cookie, as it came.
  package var sessionToken: String? { state.session }
  package var isHTTPS: Bool { state.isHTTPS }

  /// Value of another cookie of ours.
  package func cookie(_ name: String) -> String? {
    Cookie(name, state.isHTTPS).value(in: state.visit.cookies)
  }
  /// `Set-Cookie` value of another cookie of ours; `maxAge` 0 removes it.
  package func cookie(_ name: String, _ value: String, maxAge: Int64) -> String {
    Cookie(name, state.isHTTPS).set(value, maxAge: maxAge)
  }

  /// 303 to another site: an address that the program itself made.
  package func redirect(away address: String) -> Reply {
    Reply(status: 303, body: .empty).with(header: "Location", address)
  }
  /// 303 to a local address that came with a request (`?to=`), in its own language; home when it is none of ours.
  package func redirect(back address: String?) -> Reply {
    redirect(away: LocalAddress.checked(address) ?? link(""))
  }
  /// The local address that came as `to`, or nil.
  package func returnAddress(_ fields: Fields) -> String? { LocalAddress.checked(fields["to"]) }
}

/// Addresses that lead nowhere but to this site.
package enum LocalAddress {
  /// A path on this site: one slash at its beginning, no backslash, no control character, no other host.
  package static func checked(_ address: String?) -> String? {
    guard let address, address.utf8.count <= 2000, address.hasPrefix("/"), !address.hasPrefix("//") else {
      return nil
    }
    let isClean = address.utf8.allSatisfy { $0 > 32 && $0 < 127 && $0 != UInt8(ascii: "\\") }
    return isClean ? address : nil
  }
}
