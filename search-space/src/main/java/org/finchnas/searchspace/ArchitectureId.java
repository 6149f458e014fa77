package org.finchnas.searchspace;

/**
 * Names the network an architecture decodes to: equal for architectures that differ only in dead
 * blocks, the order of inputs or the numbering of states.
 *
 * @param hex sixteen hexadecimal digits of the SHA-256 of the canonical form
 */
public record ArchitectureId(String hex) {

  @Override
  public String toString() {
    return hex;
  }
}
