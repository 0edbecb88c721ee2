// swift-tools-version: 6.1
// Targets and arrows: docs/architecture.md. Each line says exactly what a target may import.
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
]

func base(_ name: String, _ dependencies: [Target.Dependency], migrations: Bool = false) -> Target {
  .target(
    name: name, dependencies: dependencies, resources: migrations ? [.embedInCode("Migrations")] : [],
    swiftSettings: settings)
}

/// A subject stands on the web base and on the subjects named, never on those above it.
func subject(
  _ name: String, on subjects: String..., bases further: String..., migrations: Bool = true
) -> Target {
  let bases: [Target.Dependency] = ["Web", "Storage", "Documents", "Language"]
  return .target(
    name: name, dependencies: bases + (further + subjects).map { .init(stringLiteral: $0) },
    resources: migrations ? [.embedInCode("Migrations")] : [], swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: String...) -> Target {
  .testTarget(
    name: name, dependencies: dependencies.map { .init(stringLiteral: $0) },
    swiftSettings: settings)
}

let package = Package(
  name: "wasl",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "wasl", targets: ["wasl"])],
  dependencies: [
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
  ],
  targets: [
    // System libraries
    .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(name: "CXML", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CXLSX", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
    .systemLibrary(name: "COath", pkgConfig: "liboath", providers: [.apt(["liboath-dev"])]),
    .systemLibrary(
      name: "CJose", pkgConfig: "cjose", providers: [.apt(["libcjose-dev", "libjansson-dev", "libssl-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "CICU", linkerSettings: [.linkedLibrary("icuuc"), .linkedLibrary("icui18n")]),

    .target(name: "CCurl", linkerSettings: [.linkedLibrary("curl")]),
    .target(name: "CSpawn"),

    // Base
    base("Language", ["CICU"]),
    base("Documents", ["CXML", "CXLSX", "CZlib", "CCurl", "CSpawn"]),
    base(
      "Storage",
      [
        "CPostgres", "CSodium",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ], migrations: true),
    base(
      "Web",
      [
        "Secrets", "Storage", "Documents", "Language",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
      ]),

    base("Secrets", ["CSodium", "COath", "CJose", "Language"]),
    base("Mail", ["Storage", "Language", "CCurl"], migrations: true),

    // Subjects, lowest first
    subject("Treaty"),
    subject("Directory", on: "Treaty"),
    subject("People", on: "Directory", "Treaty", bases: "Secrets", "Mail"),
    subject("Proofs", on: "People", "Directory", "Treaty", bases: "Secrets", migrations: false),
    subject("Translations"),
    subject("Needs", on: "Translations", "Directory", "Treaty"),
    subject("Activities", on: "Directory", "Treaty"),
    subject("Coverage", on: "Needs", "Activities", "Directory", "Treaty"),
    subject("Proposals", on: "Coverage", "Needs", "Activities", "Directory", "Treaty", migrations: false),
    subject("Mandates", on: "Proposals", "Coverage", "Needs", "Activities", "Directory", "Treaty"),

    subject("Search", on: "Mandates", "Needs", "Activities", "Directory", "Treaty", migrations: false),

    // Top
    base(
      "Site",
      [
        "Search", "Mandates", "Proposals", "Coverage", "Activities", "Needs", "Translations", "Proofs",
        "People",
        "Directory", "Treaty",
        "Mail", "Secrets", "Web", "Storage", "Documents", "Language",
      ]),
    base(
      "TestKit", ["Site", "Mail", "People", "Activities", "Needs", "Treaty", "Web", "Storage", "CPostgres"]),
    tests("SecretsTests", "Secrets", "Documents"),
    tests("MailTests", "TestKit", "Site", "Mail", "Storage", "Documents"),
    tests("PeopleTests", "TestKit", "Site", "People", "Secrets", "Mail", "Storage", "Web", "Directory"),
    tests("ProofsTests", "TestKit", "Site", "Proofs", "Secrets", "Storage", "Web", "Documents"),
    tests("StorageTests", "TestKit", "Site", "Storage"),
    tests("LanguageTests", "Language", "Documents"),
    tests("DocumentsTests", "Documents", "CZlib"),
    tests("WebTests", "Web", "Storage", "Language", "Documents"),
    tests("PaperTests", "TestKit", "Proposals", "Language", "Web", "Documents"),
    tests("TranslationsTests", "TestKit", "Site", "Needs", "Storage", "Web", "Language"),
    tests("NeedsTests", "TestKit", "Site", "Needs", "Treaty", "Directory", "Storage", "Web"),
    tests("ReadingTests", "Activities", "Documents", "Language"),
    tests("ActivitiesTests", "TestKit", "Site", "Activities", "Storage"),
    tests("SearchTests", "TestKit", "Site", "Search", "Needs", "Storage", "Web", "Language"),
    tests("CoverageTests", "TestKit", "Site", "Coverage", "Activities", "Needs", "Storage", "Web", "Treaty"),
    tests(
      "SiteTests", "TestKit", "People", "Mail", "Secrets", "Needs", "Site", "Web", "Storage", "Language",
      "Treaty", "Mandates", "Documents"),

    .executableTarget(
      name: "bench",
      dependencies: [
        "Site", "Coverage", "Activities", "Needs", "Treaty", "Web", "Storage", "CXML",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "wasl",
      dependencies: [
        "Site", "Search", "Mandates", "Proposals", "Coverage", "Activities", "Needs", "Proofs", "People",
        "Directory",
        "Treaty", "Mail", "Web", "Storage", "Documents", "Language",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
  ]
)
