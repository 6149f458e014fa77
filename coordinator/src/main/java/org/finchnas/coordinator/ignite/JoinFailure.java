package org.finchnas.coordinator.ignite;

import java.util.List;
import java.util.Locale;

/**
 * Why a worker could not join.
 *
 * @param message goes on after "The coordinator at HOST:PORT"; says the way out
 * @param isFinal whether trying again is of no use
 */
record JoinFailure(String message, boolean isFinal) {

  static JoinFailure of(Throwable failure, ClusterSecurity security) {
    List<String> causes = Causes.all(failure);
    for (String cause : causes) {
      int refusal = cause.indexOf(JoinCheck.REFUSED);
      if (refusal >= 0) {
        String reason = cause.substring(refusal + JoinCheck.REFUSED.length());
        return new JoinFailure("refuses this worker: " + reason, true);
      }
    }
    String all = String.join(" / ", causes).toLowerCase(Locale.ROOT);
    if (security.keys() == null) {
      return all.contains("configured with ssl") || all.contains("ssl alert")
          ? new JoinFailure(
              "wants mutual TLS, and this worker has no keys. Give it --keys DIR, the worker folder that `finch cluster keys` made for that cluster.",
              true)
          : other(causes);
    }
    return withKeys(all, causes);
  }

  private static JoinFailure withKeys(String all, List<String> causes) {
    if (all.contains("expired") || all.contains("notafter")) {
      return new JoinFailure(
          "has a certificate that is not valid now. Mind the clocks of both machines, or make new keys with `finch cluster keys`.",
          true);
    }
    if (all.contains("no trusted certificate")
        || all.contains("path building failed")
        || all.contains("path validation failed")
        || all.contains("signature check failed")) {
      return new JoinFailure(
          "has a certificate of another authority than this worker's keys. Give both the keys of one `finch cluster keys`.",
          true);
    }
    if (all.contains("certificate_unknown")
        || all.contains("bad_certificate")
        || all.contains("unknown_ca")
        || all.contains("certificate unknown")) {
      return new JoinFailure(
          "does not trust this worker's certificate. Give both the keys of one `finch cluster keys`.",
          true);
    }
    if (all.contains("unrecognized ssl message")
        || all.contains("missing ssl configuration")
        || all.contains("plaintext connection")) {
      return new JoinFailure(
          "does not speak TLS. Start the search with --keys too, or this worker without.", true);
    }
    if (all.contains("remote host terminated the handshake")) {
      // As a coordinator does that dies this moment.
      return new JoinFailure(
          "closed the connection instead of speaking TLS: it is ending, or was started without --keys",
          false);
    }
    return other(causes);
  }

  /** Perhaps the coordinator is just starting or ending, or something else listens there. */
  private static JoinFailure other(List<String> causes) {
    String last = causes.get(causes.size() - 1);
    return new JoinFailure("cannot be joined yet: " + last, false);
  }
}
