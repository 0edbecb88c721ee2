import ArgumentParser
import Foundation
import Mail
import People
import Site
import Storage
import Web

struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serve pages and data.",
    discussion: """
      Prints the address and, while there is no administrator, a link that works once and opens the page on which the \
      first one is made. WASL_OPERATOR_KEY sets the key of programs that take in needs and activities \
      (Authorization: Bearer …); forms outlive a restart by a key in --keys; several servers without a common folder \
      of keys share WASL_SECRET (64 hexadecimal digits) instead. WASL_SMTP_USER and \
      WASL_SMTP_PASSWORD sign in at the mail server. Without --mail letters wait; see wasl mail list --links.
      """)
  @OptionGroup var common: CommonOptions
  @Option(help: "Address to listen on.") var host = "127.0.0.1"
  @Option(help: "Port to listen on; 0 takes a free one.") var port = 8080
  @Option(help: "Name under which readers reach the site; may be repeated.") var name: [String] = []
  @Flag(help: "Readers come by TLS, ended at a proxy.") var https = false
  @Flag(help: "The proxy in front writes X-Forwarded-For itself.") var behindProxy = false
  @Option(help: "Address under which people reach the site, for letters; http://localhost:PORT by default.")
  var address: String?
  @Option(help: "Mail server: smtp://HOST:PORT or smtps://HOST:PORT.") var mail: String?
  @Option(help: "Sender of letters.") var mailFrom: String?
  @Option(help: "Where reports of returned letters go; the sender by default.") var mailBounces: String?
  @Flag(help: "Send letters also without TLS (a server on this machine).") var mailPlain = false
  @Option(help: "JSON file of the OpenID Connect providers (docs/operations.md).") var oidc: String?
  @Option(
    help: "Passphrases that nobody may take: SHA-1 hashes in order, or one text a line; may be repeated.")
  var breached: [String] = []
  @Option(help: "Background workers.") var workers = 1
  @Option(help: "Requests a minute answered to one network, half as many to one session; 0: any number.")
  var requestsPerMinute = 1200
  @Flag(help: "No line in the log for each request.") var noAccessLog = false

  func run() async throws {
    let environment = ProcessInfo.processInfo.environment
    let site = try await common.open(
      mail: try mailServer(environment), reachedAt: address ?? "http://localhost:\(port)", providers: oidc,
      knownPassphrases: breached)
    let given = environment["WASL_SECRET"].flatMap(Serve.bytes)
    let secret = try given ?? site.formSecret()
    let isBegun = try await site.database.read { try People.hasAdministrator(in: $0) }
    let key = isBegun ? nil : People.Operator.newKey()
    let operators = People.Operator(linkKey: key, apiKey: environment["WASL_OPERATOR_KEY"])
    var settings = WebSettings(secret: secret, assetDirectory: site.data.path + "/assets")
    settings.isHTTPS = https
    settings.isBehindProxy = behindProxy
    settings.hosts.formUnion(name.map { $0.lowercased() })
    settings.uploadDirectory = FileManager.default.temporaryDirectory.path
    if requestsPerMinute > 0 {
      settings.rate = RateLimit(network: requestsPerMinute, session: max(1, requestsPerMinute / 2))
    }
    if !noAccessLog { settings.log = RequestLog(now: site.clock.now) }
    let mount = try await site.mount(settings, operators: operators)
    let background = Background(site.database, workers: workers)
    background.start()
    let common = common
    let host = host
    try await Server(host: host, port: port).run(mount) { port in
      let site = "http://\(host == "127.0.0.1" ? "localhost" : host):\(port)"
      common.say("Wasl \(Site.version) serves \(site)/")
      if let key { common.say("To make the first administrator, once: \(site)/en/operator?key=\(key)") }
    }
    await background.stop()
    settings.log?.flush()
    try site.close()
  }

  private func mailServer(_ environment: [String: String]) throws -> MailServer? {
    guard let mail else { return nil }
    guard let from = mailFrom else {
      throw Failure("wasl: --mail needs --mail-from, the sender of letters.", code: 2)
    }
    do {
      return try MailServer(
        address: mail, user: environment["WASL_SMTP_USER"], password: environment["WASL_SMTP_PASSWORD"],
        from: from,
        bounces: mailBounces, requiresTLS: !mailPlain)
    } catch {
      throw Failure("wasl: \(error)", code: 2)
    }
  }

  static func bytes(_ hex: String) -> [UInt8]? {
    let digits = Array(hex.utf8)
    guard digits.count >= 64, digits.count % 2 == 0 else { return nil }
    var result: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let byte = UInt8(String(decoding: digits[index..<index + 2], as: UTF8.self), radix: 16) else {
        return nil
      }
      result.append(byte)
    }
    return result
  }
}

/// Workers and the watch for changes by other processes.
final class Background: Sendable {
  private let database: Database
  private let workers: Int
  private let tasks = TaskList()

  init(_ database: Database, workers: Int) {
    self.database = database
    self.workers = workers
  }
  func start() {
    let database = database
    tasks.add(
      Task {
        while !Task.isCancelled {
          try? await database.watch()
          try? await Task.sleep(for: .milliseconds(300))
        }
      })
    // A broken trail is never signed over in silence: whoever runs the program reads of it.
    tasks.add(
      Task {
        while !Task.isCancelled {
          do { try await database.checkpointWhenDue() } catch { Talk.say("wasl: no checkpoint: \(error)") }
          try? await Task.sleep(for: .seconds(60))
        }
      })
    tasks.add(
      Task {
        while !Task.isCancelled {
          do { try await database.beginDay() } catch { Talk.say("wasl: the day's jobs: \(error)") }
          try? await Task.sleep(for: .seconds(60))
        }
      })
    for _ in 0..<workers {
      tasks.add(
        Task {
          while !Task.isCancelled {
            let worked = (try? await database.runNextJob()) ?? false
            if !worked { try? await Task.sleep(for: .milliseconds(500)) }
          }
        })
    }
  }
  func stop() async { await tasks.stop() }
}
