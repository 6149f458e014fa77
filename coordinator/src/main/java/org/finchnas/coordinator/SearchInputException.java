package org.finchnas.coordinator;

/** A search that cannot go on because of what it was given; the message says the way out. */
public final class SearchInputException extends RuntimeException {

  public SearchInputException(String message) {
    super(message);
  }
}
