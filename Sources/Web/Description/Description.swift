import Language

/// The description of the API, `/api/v1/openapi.json` (OpenAPI 3.1), made from the route table alone.
struct Description: Sendable {
  static let path = "openapi"
  let version: String
  let isHTTPS: Bool
  let columns: AnswerColumns

  /// The routes with the one that describes them.
  /// - Throws: `MountError` when the file of columns has a fault.
  static func added(to routes: [Route], _ services: Services, _ settings: WebSettings) throws -> [Route] {
    let columns = try AnswerColumns(folder: services.dataDirectory)
    let description = Description(version: settings.version, isHTTPS: settings.isHTTPS, columns: columns)
    // Itself too, so that the list of paths is whole.
    let placeholder = Route.get(path, access: .everyone, faces: [.data]) { $0.json(.null) }
    let document = description.json(routes + [placeholder])
    return routes + [.get(path, access: .everyone, cached: true, faces: [.data]) { $0.json(document) }]
  }

  func json(_ routes: [Route]) -> JSON {
    var paths: [(key: String, value: JSON)] = []
    var order: [String] = []
    var operations: [String: [(key: String, value: JSON)]] = [:]
    for route in routes where route.faces.contains(.data) {
      let path = Description.path(of: route)
      if operations[path] == nil { order.append(path) }
      operations[path, default: []].append((route.method.rawValue.lowercased(), operation(route)))
    }
    for path in order { paths.append((path, .object(operations[path] ?? []))) }
    return .object([
      ("openapi", .string("3.1.0")),
      (
        "info",
        .object([
          ("title", .string("Wasl")), ("version", .string(version)),
          ("description", .string(Description.introduction)),
        ])
      ),
      ("servers", .array([.object([("url", .string("/api/v1"))])])),
      ("paths", .object(paths)),
      ("components", .object(components)),
    ])
  }

  private static let introduction = """
    Every page of the site is also data. Answers are in the language of Accept-Language (ar, zh, en, fr, ru, es). \
    Lists give the address of their next part in "next" and in the Link header. With .csv or .xlsx at its end a list \
    comes whole, up to 50,000 rows. Every refusal is a problem of \
    RFC 9457 with a stable code, explained at /api/v1/problems/{code}. What a viewer may not see is not there: it is \
    left out of lists and totals, and its own address answers 404.
    """

  /// `needs/:id` → `/needs/{id}`
  static func path(of route: Route) -> String {
    "/"
      + segments(route).map { $0.hasPrefix(":") ? "{\($0.dropFirst())}" : String($0) }.joined(separator: "/")
  }
  private static func segments(_ route: Route) -> [Substring] { route.path.split(separator: "/") }

  // MARK: One route

  private func operation(_ route: Route) -> JSON {
    let name = Description.segments(route).map { $0.hasPrefix(":") ? String($0.dropFirst()) : String($0) }
    var members: [(key: String, value: JSON)] = [
      ("operationId", .string(([route.method.rawValue.lowercased()] + name).joined(separator: "_"))),
      ("tags", .array([.string(name.first ?? "home")])),
      ("x-access", .string(route.access.words)),
      ("security", .array(security(route.access))),
    ]
    let parameters = self.parameters(route)
    if !parameters.isEmpty { members.append(("parameters", .array(parameters))) }
    if route.method != .get, let body = body(route) { members.append(("requestBody", body)) }
    members.append(("responses", .object(answers(route))))
    return .object(members)
  }

  private func security(_ access: Access) -> [JSON] {
    let bearer = JSON.object([("bearer", .array([]))])
    let cookie = JSON.object([("cookie", .array([]))])
    switch access {
    case .everyone: return [.object([]), bearer, cookie]
    case .identified, .signedIn, .may: return [bearer, cookie]
    case .machine: return [bearer]
    }
  }

  private func parameters(_ route: Route) -> [JSON] {
    var all: [JSON] = Description.segments(route).filter { $0.hasPrefix(":") }.map { segment in
      .object([
        ("name", .string(String(segment.dropFirst()))), ("in", .string("path")), ("required", .bool(true)),
        ("schema", .object([("type", .string("string")), ("minLength", .int(1))])),
      ])
    }
    for field in route.fields where route.method == .get || field.isInQuery {
      var members: [(key: String, value: JSON)] = [
        ("name", .string(field.name)), ("in", .string("query")), ("required", .bool(field.isRequired)),
      ]
      if let words = field.sentence { members.append(("description", .string(words))) }
      members.append(("schema", field.schema))
      if let example = field.example { members.append(("example", .string(example))) }
      all.append(.object(members))
    }
    return all
  }

  private func body(_ route: Route) -> JSON? {
    let fields = route.fields.filter { !$0.isInQuery }
    guard !fields.isEmpty else { return nil }
    var members: [(key: String, value: JSON)] = [
      ("type", .string("object")), ("properties", .object(fields.map { ($0.name, $0.schema) })),
    ]
    let required = fields.filter(\.isRequired)
    if !required.isEmpty { members.append(("required", .array(required.map { .string($0.name) }))) }
    let schema = JSON.object([("schema", .object(members))])
    let hasFile = fields.contains { $0.kind == .file }
    let types = hasFile ? ["multipart/form-data"] : ["application/json", "application/x-www-form-urlencoded"]
    return .object([
      ("required", .bool(!required.isEmpty)), ("content", .object(types.map { ($0, schema) })),
    ])
  }

  // MARK: Answers

  private func answers(_ route: Route) -> [(key: String, value: JSON)] {
    var all: [(key: String, value: JSON)] = []
    let known = columns[route]
    if route.method == .get {
      var content: [(key: String, value: JSON)] = [
        ("application/json", .object([("schema", known?.schema ?? .object([]))]))
      ]
      if known != nil {
        content.append(("text/csv", .object([("schema", .object([("type", .string("string"))]))])))
        let file = JSON.object([("type", .string("string")), ("format", .string("binary"))])
        content.append((Format.xlsx.mediaType, .object([("schema", file)])))
      }
      if known == nil { content.append(("*/*", .object([]))) }
      all.append(
        ("200", .object([("description", .string("What was asked for.")), ("content", .object(content))])))
    } else {
      let content = JSON.object([("application/json", .object([("schema", known?.schema ?? .object([]))]))])
      for (status, words) in [("200", "Done."), ("201", "Made; its address is in Location.")] {
        all.append((status, .object([("description", .string(words)), ("content", content)])))
      }
    }
    var refusals = ["400"]
    if route.access != .everyone {
      refusals += ["401", "403"]
    } else if route.method != .get {
      refusals.append("403")
    }
    refusals.append("404")
    if route.method != .get { refusals += ["413", "415", "422"] }
    refusals += ["429", "default"]
    for status in refusals {
      all.append((status, .object([("$ref", .string("#/components/responses/problem"))])))
    }
    return all
  }

  private var components: [(key: String, value: JSON)] {
    let cookie = Cookie.session(isHTTPS).name
    let problem: [(key: String, value: JSON)] = [
      ("type", Description.text), ("title", Description.text),
      ("status", .object([("type", .string("integer"))])), ("code", Description.text),
      ("detail", Description.text), ("instance", Description.text), ("request_id", Description.text),
      (
        "errors",
        .object([("type", .string("array")), ("items", .object([("type", .string("object"))]))])
      ),
    ]
    let needed = ["type", "title", "status", "code", "instance", "request_id"].map { JSON.string($0) }
    return [
      (
        "securitySchemes",
        .object([
          ("bearer", .object([("type", .string("http")), ("scheme", .string("bearer"))])),
          (
            "cookie",
            .object([
              ("type", .string("apiKey")), ("in", .string("cookie")), ("name", .string(cookie)),
              (
                "description",
                .string("The session of a browser; a change also needs the token of a form in X-CSRF-Token.")
              ),
            ])
          ),
        ])
      ),
      (
        "schemas",
        .object([
          (
            "problem",
            .object([
              ("type", .string("object")), ("properties", .object(problem)), ("required", .array(needed)),
            ])
          )
        ])
      ),
      (
        "responses",
        .object([
          (
            "problem",
            .object([
              ("description", .string("Refused; the code says why.")),
              (
                "content",
                .object([
                  (
                    "application/problem+json",
                    .object([("schema", .object([("$ref", .string("#/components/schemas/problem"))]))])
                  )
                ])
              ),
            ])
          )
        ])
      ),
    ]
  }
  private static let text = JSON.object([("type", .string("string"))])
}

extension FieldDescription {
  var sentence: String? {
    switch kind {
    case .cursor: "Where the list goes on: the value that the answer before gave."
    default: list.map { "One of the codes of /api/v1/\($0)." }
    }
  }
  /// JSON Schema of a value that is taken. Empty texts stand for no value.
  var schema: JSON {
    let text: (key: String, value: JSON) = ("type", .string("string"))
    switch kind {
    case .text(let max):
      return .object([text, ("maxLength", .int(max))] + (isRequired ? [("minLength", .int(1))] : []))
    case .code: return .object([text] + choices)
    case .codes: return .object([("type", .string("array")), ("items", .object([text] + choices))])
    case .integer(let range):
      return .object([
        ("type", .string("integer")), ("minimum", .int(range.lowerBound)),
        ("maximum", .int(range.upperBound)),
      ])
    case .money: return .object([text, ("pattern", .string("^[0-9]{1,15}([.][0-9]{1,3})?$"))])
    case .date: return .object([text, ("format", .string("date"))])
    case .flag: return .object([text, ("enum", .array(["true", "false"].map { .string($0) }))])
    case .file: return .object([text, ("contentMediaType", .string("application/octet-stream"))])
    case .cursor: return .object([text, ("pattern", .string("^[A-Za-z0-9_-]*$"))])
    }
  }
  private var choices: [(key: String, value: JSON)] {
    words.isEmpty ? [] : [("enum", .array(words.map { .string($0) }))]
  }
}

extension Access {
  /// The guard as a description names it.
  package var words: String {
    switch self {
    case .everyone: "everyone"
    case .identified: "signed in by a first factor"
    case .signedIn: "signed in"
    case .may(let permission, let scope): "\(permission.rawValue) \(scope.rawValue)"
    case .machine(let key): "machine \(key)"
    }
  }
}
