package org.finchnas.coordinator.keys;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Signs certificates in one name, all valid for the same time. */
final class CertificateSigner {

  private static final String SIGNATURE = "SHA256withECDSA";
  private static final int SERIAL_BITS = 127;

  private final X500Name name;
  private final KeyPair pair;
  private final Instant notBefore;
  private final Instant notAfter;
  private final SecureRandom random;

  CertificateSigner(
      X500Name name, KeyPair pair, Instant notBefore, Instant notAfter, SecureRandom random) {
    this.name = name;
    this.pair = pair;
    this.notBefore = notBefore;
    this.notAfter = notAfter;
    this.random = random;
  }

  /** What a certificate says of any subject. */
  X509v3CertificateBuilder certificate(X500Name subject, PublicKey key)
      throws GeneralSecurityException, IOException {
    JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
    BigInteger serial = new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE);
    return new JcaX509v3CertificateBuilder(
            name, serial, Date.from(notBefore), Date.from(notAfter), subject, key)
        .addExtension(
            Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key))
        .addExtension(
            Extension.authorityKeyIdentifier,
            false,
            identifiers.createAuthorityKeyIdentifier(pair.getPublic()));
  }

  /** The certificate of the signer itself. */
  X509v3CertificateBuilder ownCertificate() throws GeneralSecurityException, IOException {
    return certificate(name, pair.getPublic());
  }

  X509Certificate sign(X509v3CertificateBuilder certificate)
      throws GeneralSecurityException, OperatorCreationException {
    JcaContentSignerBuilder signer = new JcaContentSignerBuilder(SIGNATURE).setSecureRandom(random);
    return new JcaX509CertificateConverter()
        .getCertificate(certificate.build(signer.build(pair.getPrivate())));
  }
}
