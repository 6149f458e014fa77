package org.finchnas.cli.dashboard;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask for what. On loopback everybody on this machine, but under a name of loopback alone:
 * a page elsewhere whose name is made to lead here (DNS rebinding) is refused. Elsewhere, and
 * wherever it is wanted, only who has the token, which browsers keep for the name they were sent to
 * and for no other. Requests that other sites make a browser send are refused everywhere, and what
 * changes something needs a header of ours besides, which no foreign page can send unasked.
 *
 * @param port tells the cookies of two dashboards on one machine apart
 * @param token what to show, or null for none on loopback
 */
record Access(int port, @Nullable String token) {

  /** What a request that changes something must have, with any value. */
  static final String OWN_HEADER = "Finch-Dashboard";

  private static final String BEARER = "Bearer ";
  private static final Pattern LOOPBACK =
      Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d{1,5})?");
  private static final Set<String> READING = Set.of("GET", "HEAD");

  /** What every answer says to browsers: only this server's own files, in no frame. */
  static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none';"
              + " frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "X-Frame-Options",
          "DENY",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin");

  /** Why a request is refused, or the answer that lets a browser in; empty if it may pass. */
  Optional<Answer> check(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    String method = exchange.getRequestMethod();
    String host = first(headers, "Host");
    if (token == null && !LOOPBACK.matcher(host).matches()) {
      return refused("This page is served to names of this machine alone: open it as localhost.");
    }
    if (isForeign(headers, host, method)) {
      return refused("Another site asked for this.");
    }
    if (!READING.contains(method) && headers.getFirst(OWN_HEADER) == null) {
      return refused("What changes something needs the header " + OWN_HEADER + ".");
    }
    return token == null ? Optional.empty() : checkToken(exchange, token);
  }

  /** A link elsewhere may lead here, but nothing elsewhere may ask for anything of the page. */
  private static boolean isForeign(Headers headers, String host, String method) {
    String origin = headers.getFirst("Origin");
    if (origin != null && !origin.equals("http://" + host) && !origin.equals("https://" + host)) {
      return true;
    }
    String site = headers.getFirst("Sec-Fetch-Site");
    boolean own = site == null || site.equals("same-origin") || site.equals("none");
    boolean opens = READING.contains(method) && "document".equals(first(headers, "Sec-Fetch-Dest"));
    return !own && !opens;
  }

  private Optional<Answer> checkToken(HttpExchange exchange, String secret) {
    Headers headers = exchange.getRequestHeaders();
    URI uri = exchange.getRequestURI();
    if (uri.getPath().equals("/") && same("token=" + secret, String.valueOf(uri.getRawQuery()))) {
      // Out of the address, where it would stay in the history and be shown to others.
      return Optional.of(
          Answer.text(Answer.SEE_OTHER, "Welcome.")
              .with("Location", "/")
              .with(
                  "Set-Cookie",
                  "%s=%s; Path=/; HttpOnly; SameSite=Strict".formatted(cookieName(), secret)));
    }
    String bearer = first(headers, "Authorization");
    boolean shown =
        (bearer.startsWith(BEARER) && same(secret, bearer.substring(BEARER.length())))
            || cookies(headers).anyMatch(cookie -> same(cookieName() + "=" + secret, cookie));
    return shown
        ? Optional.empty()
        : refused("Open the whole address that finch printed: its end is the token.");
  }

  private String cookieName() {
    return "finch-" + port;
  }

  /** As browsers send them: names and values. */
  private static Stream<String> cookies(Headers headers) {
    return headers.getOrDefault("Cookie", List.of()).stream()
        .flatMap(Pattern.compile(";")::splitAsStream)
        .map(String::strip);
  }

  /** In a time that does not tell how much of it is right. */
  private static boolean same(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }

  private static String first(Headers headers, String name) {
    String value = headers.getFirst(name);
    return value == null ? "" : value;
  }

  private static Optional<Answer> refused(String why) {
    return Optional.of(Answer.text(Answer.FORBIDDEN, why));
  }
}
