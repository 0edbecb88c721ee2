/// Proposals for technical assistance (D-c); for now the paper that lays the needs before the Working Group.
package enum Proposals {}
