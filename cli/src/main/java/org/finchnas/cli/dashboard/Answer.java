package org.finchnas.cli.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a request is answered with.
 *
 * @param headers beside the type and what every answer has
 */
@SuppressWarnings("ArrayRecordComponent") // A whole answer: nobody compares or changes its bytes.
record Answer(int status, String type, byte[] body, Map<String, String> headers) {

  static final int OK = 200;
  static final int ACCEPTED = 202;
  static final int SEE_OTHER = 303;
  static final int FORBIDDEN = 403;
  static final int NOT_FOUND = 404;
  static final int NOT_ALLOWED = 405;
  static final int CONFLICT = 409;
  static final int FAILED = 500;
  static final int BUSY = 503;

  private static final ObjectMapper JSON = new ObjectMapper();

  static Answer of(int status, String type, byte[] body) {
    return new Answer(status, type, body, Map.of());
  }

  static Answer text(int status, String text) {
    return of(status, "text/plain; charset=utf-8", (text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  static Answer json(Object value) {
    return of(OK, "application/json", write(value).getBytes(StandardCharsets.UTF_8));
  }

  /** For the user to keep under that name. */
  static Answer download(String name, String type, byte[] body) {
    return of(OK, type, body).with("Content-Disposition", "attachment; filename=\"" + name + "\"");
  }

  Answer with(String header, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(header, value);
    return new Answer(status, type, body, more);
  }

  static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An answer that is no JSON: " + value, e);
    }
  }
}
