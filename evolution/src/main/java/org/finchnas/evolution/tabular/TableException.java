package org.finchnas.evolution.tabular;

/** A table that cannot be used; says which, where, why and what to do. */
public final class TableException extends RuntimeException {

  TableException(String message) {
    super(message);
  }

  TableException(String message, Throwable cause) {
    super(message, cause);
  }
}
