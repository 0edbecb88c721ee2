/// States as tiles under their regional groups, where a map would say more than is known of borders.
///
/// Tiles stand in the order of the reader's language; nothing ranks them.
package struct RegionTiles: Component {
  package struct Tile: Sendable {
    let name: String
    let figure: String
    let words: String
    let level: Matrix.Level
    let address: String
    /// - Parameter words: what the figure says, for those who hear the page.
    package init(_ name: String, _ figure: String, words: String, level: Matrix.Level, at address: String) {
      self.name = name
      self.figure = figure
      self.words = words
      self.level = level
      self.address = address
    }
  }
  package struct Region: Sendable {
    let name: HTML
    let tiles: [Tile]
    let rest: HTML
    /// - Parameter rest: those of the group without a figure.
    package init(_ name: HTML, _ tiles: [Tile], rest: HTML = .empty) {
      self.name = name
      self.tiles = tiles
      self.rest = rest
    }
  }
  let regions: [Region]
  package init(_ regions: [Region]) { self.regions = regions }
  package var html: HTML {
    div(.class("regions")) {
      regions.map { region in
        div {
          h3(region.name)
          ul(
            region.tiles.map { tile in
              li(.class(tile.level.style)) {
                a(href: tile.address) {
                  bdi(tile.name)
                  " "
                  strong(tile.figure)
                  span(" " + tile.words, .class("unseen"))
                }
              }
            }, .class("tiles"))
          region.rest
        }
      }
    }
  }
}
