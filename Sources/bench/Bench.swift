import Activities
import ArgumentParser
import Coverage
import Foundation
import Hummingbird
import Logging
import Needs
import Site
import Storage
import Treaty
import Web

/// Measures Wasl beside bare libraries, in one run on this machine. JSON lines on standard output.
@main
struct Bench: AsyncParsableCommand {
  @ArgumentParser.Option(help: "IATI file for the import; an invented one is made by default.") var file:
    String?
  @ArgumentParser.Option(help: "Activities of the invented file.") var activities = 10_000
  @ArgumentParser.Option(help: "Activities among which one is changed.") var among = 100_000
  @ArgumentParser.Option(help: "Passes of each import.") var passes = 3
  @ArgumentParser.Option(help: "Seconds of load on each page.") var seconds = 5

  func run() async throws {
    let folder = FileManager.default.temporaryDirectory.path + "/wasl-bench-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await importing(folder)
    try await oneChange(folder)
    try await coveragePage(folder)
  }

  private func line(_ fields: [(String, String)]) {
    let text = "{" + fields.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}\n"
    FileHandle.standardOutput.write(Data(text.utf8))
  }
  private func text(_ value: String) -> String { "\"\(value)\"" }
  private func number(_ value: Double) -> String { String(format: "%.4f", value) }

  private func site(_ folder: String, _ name: String) async throws -> OpenSite {
    let site = try await OpenSite(
      .sqlite(path: "\(folder)/\(name).sqlite"), data: DataDirectory("data"),
      files: FileStore(directory: folder + "/files"),
      keys: folder + "/keys")
    _ = try await Site.loadData(site.data, into: site.database)
    return site
  }
  private func source(_ folder: String, _ count: Int) async throws -> String {
    if let file { return file }
    let site = try await site(folder, "source-\(count)")
    defer { try? site.close() }
    let path = "\(folder)/invented-\(count).xml"
    try await Demo.writeActivities(count, to: path, data: site.data, database: site.database)
    return path
  }

  /// (a) MB/s and activities/s of the whole import beside libxml2 with empty handlers, same file, alternating.
  private func importing(_ folder: String) async throws {
    let path = try await source(folder, activities)
    var raw: [Double] = []
    var whole: [Double] = []
    var count = 0
    var bytes = 0
    for pass in 0..<passes {
      let bare = RawSAX.measurePushed(path)
      bytes = bare.bytes
      raw.append(bare.megabytesPerSecond)
      let site = try await site(folder, "import-\(pass)")
      let reference = try await Activities.reference(data: site.data, database: site.database)
      guard let today = site.today else { return }
      let clock = ContinuousClock()
      let began = clock.now
      let outcome = try await Activities.importFile(
        path, name: "bench.xml", kept: nil, origin: .command, reference: reference, today: today,
        by: Actor("bench"),
        database: site.database)
      let taken = began.duration(to: clock.now)
      let seconds = Double(taken.components.seconds) + Double(taken.components.attoseconds) / 1e18
      whole.append(Double(bytes) / seconds / 1_000_000)
      count = outcome.accepted
      try site.close()
    }
    let (bare, ours) = (raw.sorted()[raw.count / 2], whole.sorted()[whole.count / 2])
    line([
      ("bench", text("import")), ("bytes", String(bytes)), ("activities", String(count)),
      ("passes", String(passes)),
      ("raw_sax_mb_s", number(bare)), ("import_mb_s", number(ours)),
      ("activities_s", number(ours * 1_000_000 / Double(bytes) * Double(count))),
      ("ratio", number(ours / bare)),
      ("goal", "0.25"), ("peak_memory_mb", String(peakMemory())),
    ])
  }
  private func peakMemory() -> Int {
    // "VmHWM:   123456 kB"
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
    return (Int(line.filter(\.isNumber)) ?? 0) / 1024
  }

  /// One changed activity among many: the time of its whole import, cells and needs included.
  private func oneChange(_ folder: String) async throws {
    let path = try await source(folder, among)
    let site = try await site(folder, "among")
    var settings = Demo.Settings(activities: 10, lastYear: 2026)
    settings.seed = 3
    _ = try await Demo.load(settings, data: site.data, files: site.files, database: site.database)
    let reference = try await Activities.reference(data: site.data, database: site.database)
    guard let today = site.today else { return }
    _ = try await Activities.importFile(
      path, name: "all.xml", kept: nil, origin: .command, reference: reference, today: today,
      by: Actor("bench"),
      database: site.database)
    let id = try await site.database.read {
      try $0.value("SELECT max(id) FROM activities_activity", as: Int64.self) ?? 0
    }
    let area = try await site.database.read {
      try $0.value(
        "SELECT area FROM activities_claim WHERE activity <= \(id) ORDER BY activity DESC LIMIT 1",
        as: String.self) ?? "CRIM"
    }
    var times: [Double] = []
    let clock = ContinuousClock()
    for pass in 0..<40 {
      let verdict: Activities.Verdict = pass % 2 == 0 ? .confirmed : .refused
      let began = clock.now
      try await site.database.write(by: Actor("bench")) {
        try Activities.judge(id - Int64(pass / 2), area: area, provision: "", verdict, in: $0)
      }
      let taken = began.duration(to: clock.now)
      times.append(Double(taken.components.attoseconds) / 1e15 + Double(taken.components.seconds) * 1_000)
    }
    times.sort()
    line([
      ("bench", text("one_change")), ("among", String(among)), ("median_ms", number(times[times.count / 2])),
      ("worst_ms", number(times[times.count - 1])), ("goal_ms", "10"), ("includes", text("durable commit")),
    ])
    try site.close()
  }

  /// (b) Requests/s and p99 of the coverage page beside an empty route, by wrk from a second process.
  private func coveragePage(_ folder: String) async throws {
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/wrk") else {
      return line([
        ("bench", text("coverage_page")), ("skipped", text("wrk is not installed: apt-get install wrk")),
      ])
    }
    let site = try await site(folder, "pages")
    _ = try await Demo.load(
      Demo.Settings(lastYear: 2026), data: site.data, files: site.files, database: site.database)
    var settings = WebSettings(secret: Digest.random(32), assetDirectory: "data/assets")
    settings.hosts.insert("127.0.0.1")
    let mount = try await site.mount(settings)
    let (ours, oursPort) = AsyncStream<Int>.makeStream()
    let server = Task { try await Server(port: 0).run(mount) { oursPort.yield($0) } }
    let router = Router()
    router.get("/empty") { _, _ in "" }
    let (bare, barePort) = AsyncStream<Int>.makeStream()
    var logger = Logger(label: "bench")
    logger.logLevel = .error
    let application = Application(
      router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { barePort.yield($0.localAddress?.port ?? 0) }, logger: logger)
    let other = Task { try await application.run() }
    var iterator = ours.makeAsyncIterator()
    var otherIterator = bare.makeAsyncIterator()
    guard let port = await iterator.next(), let emptyPort = await otherIterator.next() else { return }
    var empty: [Load] = []
    var page: [Load] = []
    for _ in 0..<3 {
      empty.append(try await load("http://127.0.0.1:\(emptyPort)/empty"))
      page.append(try await load("http://127.0.0.1:\(port)/en/coverage"))
    }
    empty.sort { $0.rate < $1.rate }
    page.sort { $0.rate < $1.rate }
    line([
      ("bench", text("coverage_page")), ("empty_requests_s", number(empty[1].rate)),
      ("page_requests_s", number(page[1].rate)),
      ("ratio", number(page[1].rate / empty[1].rate)), ("goal", "0.5"),
      ("empty_p99_ms", number(empty[1].p99)),
      ("page_p99_ms", number(page[1].p99)), ("goal_p99_ms", "5"),
    ])
    server.cancel()
    other.cancel()
    _ = try? await server.value
    _ = try? await other.value
    try site.close()
  }
  struct Load: Sendable {
    let rate: Double
    let p99: Double
  }
  private func load(_ address: String) async throws -> Load {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/wrk")
    process.arguments = ["-t1", "-c16", "-d\(seconds)s", "--latency", address]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = await Task.detached { pipe.fileHandleForReading.readDataToEndOfFile() }.value
    process.waitUntilExit()
    let text = String(decoding: data, as: UTF8.self)
    var rate = 0.0
    var p99 = 0.0
    for row in text.split(separator: "\n") {
      let words = row.split(separator: " ")
      if words.first == "Requests/sec:" { rate = Double(words[1]) ?? 0 }
      if words.first == "99%", words.count > 1 {
        let value = words[1]
        let digits = Double(value.filter { $0.isNumber || $0 == "." }) ?? 0
        p99 = value.hasSuffix("us") ? digits / 1_000 : value.hasSuffix("ms") ? digits : digits * 1_000
      }
    }
    return Load(rate: rate, p99: p99)
  }
}
