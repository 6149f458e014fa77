package org.finchnas.searchspace;

/** What a block does to one of its inputs. Tokens are those of the published code. */
public enum Operation {
  IDENTITY("identity");

  private final String token;

  Operation(String token) {
    this.token = token;
  }

  public String token() {
    return token;
  }
}
