extension Call {
  /// The same request as another viewer would make it: for previews of what others see.
  package func viewing(as viewer: Viewer) -> Call {
    Call(
      parameters: parameters, query: query, form: form, viewer: viewer, t: t, format: format, face: face,
      requestID: requestID, path: path, pattern: pattern, services: services, ifMatch: ifMatch, state: state)
  }
}
