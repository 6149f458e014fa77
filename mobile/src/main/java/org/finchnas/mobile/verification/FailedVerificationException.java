package org.finchnas.mobile.verification;

/** An exported file does not compute what its network computes. */
public final class FailedVerificationException extends RuntimeException {

  private final transient Verification verification;

  public FailedVerificationException(String file, Verification verification) {
    super(
        "%s does not agree with its network: %s."
            .formatted(file, String.join("; ", verification.violations())));
    this.verification = verification;
  }

  public Verification verification() {
    return verification;
  }
}
