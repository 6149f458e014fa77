package org.finchnas.coordinator.keys;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.operator.OperatorCreationException;

/** A private certificate authority (RFC 5280) of one cluster: whom it signs for may take part. */
final class KeyAuthority {

  /** Clocks of machines differ: a key made here must not be from the future there. */
  private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);

  private final CertificateSigner signer;
  private final Identity identity;
  private final SecureRandom random;

  private KeyAuthority(CertificateSigner signer, Identity identity, SecureRandom random) {
    this.signer = signer;
    this.identity = identity;
    this.random = random;
  }

  /** A new authority; what it issues is valid as long as it is itself. */
  static KeyAuthority create(Instant now, int days, SecureRandom random) {
    Instant made = now.truncatedTo(ChronoUnit.SECONDS);
    // A name of its own, so that two clusters can be told apart when their keys are mixed up.
    X500Name name = new X500Name("CN=Finch authority " + Secrets.hex(random, 4));
    try {
      KeyPair pair = keyPair(random);
      CertificateSigner signer =
          new CertificateSigner(
              name, pair, made.minus(CLOCKS_DIFFER), made.plus(Duration.ofDays(days)), random);
      X509Certificate certificate =
          signer.sign(
              signer
                  .ownCertificate()
                  .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                  .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign)));
      return new KeyAuthority(
          signer, new Identity(pair.getPrivate(), List.of(certificate)), random);
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw noCertificates(e);
    }
  }

  /** A new key with a certificate to be both server and client under these names. */
  Identity issue(String commonName, List<String> hosts) {
    try {
      KeyPair pair = keyPair(random);
      X509Certificate issued =
          signer.sign(
              signer
                  .certificate(new X500Name("CN=" + commonName), pair.getPublic())
                  .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                  .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                  .addExtension(Extension.extendedKeyUsage, false, serverAndClient())
                  .addExtension(Extension.subjectAlternativeName, false, names(hosts)));
      return new Identity(pair.getPrivate(), List.of(issued, certificate()));
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw noCertificates(e);
    }
  }

  /** The authority's own key, with which its holder can let anybody in. */
  Identity identity() {
    return identity;
  }

  X509Certificate certificate() {
    return identity.chain().get(0);
  }

  Instant notAfter() {
    return certificate().getNotAfter().toInstant();
  }

  private static KeyPair keyPair(SecureRandom random) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    return generator.generateKeyPair();
  }

  private static ExtendedKeyUsage serverAndClient() {
    return new ExtendedKeyUsage(
        new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth});
  }

  private static GeneralNames names(List<String> hosts) {
    return new GeneralNames(
        hosts.stream().map(KeyAuthority::generalName).toArray(GeneralName[]::new));
  }

  private static GeneralName generalName(String host) {
    int kind = KeyRequest.isAddress(host) ? GeneralName.iPAddress : GeneralName.dNSName;
    return new GeneralName(kind, host);
  }

  private static IllegalStateException noCertificates(Exception cause) {
    return new IllegalStateException("This Java cannot make certificates with EC P-256.", cause);
  }
}
