import NIOCore
import NIOHTTP1
import NIOHTTPTypesHTTP1

/// A request line may name a whole address (RFC 9112, 3.2.2). What it says of the host is lost on the way to the
/// router; here it is put beside the `Host` header, so that two different hosts are seen as two.
final class HostGuard: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .head(var head) = unwrapInboundIn(data), let named = HostGuard.host(ofTarget: head.uri),
      head.headers["Host"].contains(where: { $0.lowercased() != named })
    else { return context.fireChannelRead(data) }
    head.headers.add(name: "Host", value: named)
    context.fireChannelRead(wrapInboundOut(.head(head)))
  }
  /// `http://other.example/en` → `other.example`; nil for a path.
  static func host(ofTarget target: String) -> String? {
    guard !target.hasPrefix("/"), let mark = target.range(of: "://") else { return nil }
    return target[mark.upperBound...].prefix { !"/?#".contains($0) }.lowercased()
  }
}

/// Puts the guard before the codec that makes requests of the parts; added after it, as the framework lets one.
final class HostGuardPlacer: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = NIOAny
  func handlerAdded(context: ChannelHandlerContext) {
    let pipeline = context.pipeline.syncOperations
    guard let codec = try? pipeline.handler(type: HTTP1ToHTTPServerCodec.self) else {
      return context.close(promise: nil)
    }
    do {
      try pipeline.addHandler(HostGuard(), position: .before(codec))
    } catch {
      // A connection without its guard is not served.
      context.close(promise: nil)
    }
  }
}
