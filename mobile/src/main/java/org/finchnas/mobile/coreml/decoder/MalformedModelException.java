package org.finchnas.mobile.coreml.decoder;

/** Bytes do not say what a model of their format says, or say what this decoder does not know. */
final class MalformedModelException extends RuntimeException {

  MalformedModelException(String message) {
    super(message);
  }
}
