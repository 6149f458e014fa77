package org.finchnas.coordinator.keys;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXCertPathValidatorResult;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;

/** Whether the certificates of one store are vouched for by another, and valid at a moment. */
final class CertificateCheck {

  private final Path identityStore;
  private final Path trustStore;
  private final Instant now;

  CertificateCheck(Path identityStore, Path trustStore, Instant now) {
    this.identityStore = identityStore;
    this.trustStore = trustStore;
    this.now = now;
  }

  /** When the first certificate of the chain, or its authority's, ends to be valid. */
  Instant requireValid(List<X509Certificate> chain, KeyStore trusted) {
    chain.forEach(certificate -> requireNow(certificate, identityStore));
    X509Certificate authority = authority(chain, trusted);
    // Java's validator takes an authority on trust, however old.
    requireNow(authority, trustStore);
    return Stream.concat(chain.stream(), Stream.of(authority))
        .map(certificate -> certificate.getNotAfter().toInstant())
        .min(Instant::compareTo)
        .orElseThrow();
  }

  private void requireNow(X509Certificate certificate, Path store) {
    Instant notBefore = certificate.getNotBefore().toInstant();
    Instant notAfter = certificate.getNotAfter().toInstant();
    String who = "%s in %s".formatted(certificate.getSubjectX500Principal(), store);
    if (now.isAfter(notAfter)) {
      throw new KeyException(
          "The certificate of %s has been expired since %s. Make new keys for all nodes with: %s"
              .formatted(who, notAfter, KeyReader.NEW_KEYS));
    }
    if (now.isBefore(notBefore)) {
      throw new KeyException(
          "The certificate of %s is valid from %s, but the clock here says %s. Set the clock."
              .formatted(who, notBefore, now));
    }
  }

  private X509Certificate authority(List<X509Certificate> chain, KeyStore trusted) {
    try {
      PKIXParameters parameters = new PKIXParameters(trusted);
      // A private authority publishes no list of what it revoked.
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(now));
      PKIXCertPathValidatorResult result =
          (PKIXCertPathValidatorResult)
              CertPathValidator.getInstance("PKIX").validate(path(chain, parameters), parameters);
      return result.getTrustAnchor().getTrustedCert();
    } catch (CertPathValidatorException e) {
      throw new KeyException(
          ("%s in %s is not vouched for by %s: %s. Copy both from the same folder, or make keys"
                  + " with: %s")
              .formatted(
                  chain.get(0).getSubjectX500Principal(),
                  identityStore,
                  trustStore,
                  e.getMessage(),
                  KeyReader.NEW_KEYS),
          e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java cannot check certificates.", e);
    }
  }

  /** The chain without the authority itself, which is trusted and not checked. */
  private static CertPath path(List<X509Certificate> chain, PKIXParameters parameters)
      throws GeneralSecurityException {
    List<X509Certificate> authorities =
        parameters.getTrustAnchors().stream().map(TrustAnchor::getTrustedCert).toList();
    return CertificateFactory.getInstance("X.509")
        .generateCertPath(chain.stream().filter(each -> !authorities.contains(each)).toList());
  }
}
