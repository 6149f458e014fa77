package org.finchnas.coordinator.keys;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.bouncycastle.util.IPAddress;

/**
 * What the certificates of a cluster are to say.
 *
 * @param hosts DNS names and IP addresses of its machines; {@code localhost} and {@code 127.0.0.1}
 *     are always among them
 * @param days how long the certificates are valid, from 1 to 3650
 */
public record KeyRequest(List<String> hosts, int days) {

  private static final int MOST_DAYS = 3650;

  /** Labels of RFC 1123; the last is not all digits, or 300.1.1.1 would be a name. */
  private static final Pattern DNS_NAME =
      Pattern.compile(
          "(?=.{1,253}$)(?!(?:.*\\.)?[0-9]+$)"
              + "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*");

  /**
   * @throws KeyException if a host is neither a name nor an address, or the days are out of range
   */
  public KeyRequest {
    if (days < 1 || days > MOST_DAYS) {
      throw new KeyException(
          "days (%d) must be at least 1 and at most %d. 365 is usual.".formatted(days, MOST_DAYS));
    }
    Set<String> named = new LinkedHashSet<>(List.of("localhost", "127.0.0.1"));
    for (String host : hosts) {
      named.add(requireHost(host));
    }
    hosts = List.copyOf(named);
  }

  static boolean isAddress(String host) {
    return IPAddress.isValid(host);
  }

  private static String requireHost(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    if (!isAddress(lower) && !DNS_NAME.matcher(lower).matches()) {
      throw new KeyException(
          ("host (%s) must be a DNS name or an IP address, such as node-1.example or 10.0.0.7."
                  + " Write it without port, scheme or wildcard.")
              .formatted(host));
    }
    return lower;
  }
}
