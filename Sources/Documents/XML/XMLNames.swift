internal import CXML

/// Names a handler knows, found by the address at which the parser keeps each name once.
///
/// The parser stores every element and attribute name in a dictionary of its own, so two equal names are one
/// address; comparing addresses replaces comparing text. Open addressing, power-of-two size, at most half full.
struct XMLNames {
  struct Slot {
    var name: UnsafePointer<UInt8>?
    var symbol: Int
  }

  let slots: UnsafeMutablePointer<Slot>
  let shift: UInt64
  let mask: Int
  /// Address of the name `xml`, the only prefix with a meaning here.
  let xml: UnsafePointer<UInt8>?

  /// Names become symbols 1, 2, …; `xml:lang` style names are entered by their local part.
  init(_ names: [String], dictionary: OpaquePointer?) {
    var bits = 6
    while 1 << bits < names.count * 3 { bits += 1 }
    shift = UInt64(64 - bits)
    mask = 1 << bits - 1
    slots = .allocate(capacity: 1 << bits)
    slots.initialize(repeating: Slot(name: nil, symbol: 0), count: 1 << bits)
    xml = xmlDictLookup(dictionary, "xml", 3)
    for (index, name) in names.enumerated() {
      guard let address = xmlDictLookup(dictionary, name, Int32(name.utf8.count)) else { continue }
      var place = Int(
        truncatingIfNeeded: (UInt64(UInt(bitPattern: address)) &* 0x9E37_79B9_7F4A_7C15) &>> shift)
      while slots[place].name != nil { place = (place + 1) & mask }
      slots[place] = Slot(name: address, symbol: index + 1)
    }
  }

  /// Symbol of an attribute; of the prefixes only `xml` counts.
  @inline(__always) func symbol(_ name: UnsafePointer<UInt8>, prefix: UnsafePointer<UInt8>?) -> Int {
    prefix == nil || prefix == xml ? symbol(name) : 0
  }

  func free() { slots.deallocate() }

  /// 0 for a name that was not entered.
  @inline(__always) func symbol(_ name: UnsafePointer<UInt8>) -> Int {
    var place = Int(truncatingIfNeeded: (UInt64(UInt(bitPattern: name)) &* 0x9E37_79B9_7F4A_7C15) &>> shift)
    while true {
      let slot = slots[place]
      if slot.name == name { return slot.symbol }
      if slot.name == nil { return 0 }
      place = (place &+ 1) & mask
    }
  }
}
