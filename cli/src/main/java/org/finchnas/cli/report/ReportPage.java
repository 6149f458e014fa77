package org.finchnas.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.finchnas.cli.view.PageResource;

/**
 * The dashboard's page as one file: style, scripts and data stand in it, and a policy that names
 * their hashes keeps it from running or fetching anything else.
 */
final class ReportPage {

  private static final List<PageResource> SCRIPTS =
      List.of(
          PageResource.CHARTS,
          PageResource.FORMAT,
          PageResource.DRAWING,
          PageResource.TABLE,
          PageResource.CANDIDATE,
          PageResource.APP);
  private static final Pattern FILES = Pattern.compile("(?s)<!-- files -->.*<!-- /files -->");
  private static final Pattern ENDS_SCRIPT = Pattern.compile("(?i)</script|<!--");

  private static final ObjectMapper JSON = new ObjectMapper();

  private ReportPage() {}

  /**
   * A whole document.
   *
   * @param data what the page's scripts draw
   * @param sections HTML that stands before the table of candidates
   * @throws IOException if Finch's jars are damaged
   */
  static String html(String title, Map<String, Object> data, String sections) throws IOException {
    String page = PageResource.INDEX.text();
    page =
        page.replace("<title>Finch</title>", "<title>" + Html.escape(title) + " · Finch</title>");
    page = FILES.matcher(page).replaceFirst(Matcher.quoteReplacement(head()));
    page = page.replace("<!-- report -->", sections);
    page = page.replace("href=\"export/evaluations.jsonl\"", "href=\"../evaluations.jsonl\"");
    page = page.replace("href=\"export/", "href=\"");
    return page.replace("</body>", tail(data) + "</body>");
  }

  private static String head() throws IOException {
    StringBuilder policy = new StringBuilder("default-src 'none'; img-src data:; base-uri 'none'");
    policy.append("; style-src ").append(hash(PageResource.STYLE.text())).append("; script-src");
    for (PageResource script : SCRIPTS) {
      policy.append(' ').append(hash(script(script)));
    }
    return """
        <meta http-equiv="Content-Security-Policy" content="%s">
        <link rel="icon" href="%s">
        <style>%s</style>
        """
        .formatted(policy, picture(PageResource.ICON.text()), PageResource.STYLE.text());
  }

  private static String tail(Map<String, Object> data) throws IOException {
    StringBuilder tail = new StringBuilder();
    tail.append("<script type=\"application/json\" id=\"run-data\">").append(json(data));
    tail.append("</script>\n");
    for (PageResource script : SCRIPTS) {
      tail.append("<script>").append(script(script)).append("</script>\n");
    }
    return tail.toString();
  }

  private static String script(PageResource resource) throws IOException {
    String script = resource.text();
    if (ENDS_SCRIPT.matcher(script).find()) {
      throw new IllegalStateException(resource + " cannot stand in a page: it would end there.");
    }
    return script;
  }

  /** No text of a run ends the element that it stands in. */
  private static String json(Map<String, Object> data) {
    try {
      return JSON.writeValueAsString(data).replace("<", "\\u003c");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Data that are no JSON.", e);
    }
  }

  /** An SVG document as an address. */
  static String picture(String svg) {
    return "data:image/svg+xml;base64,"
        + Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  /** What the scripts find in place of a server. */
  static Map<String, Object> data(
      Map<String, Object> run, Map<String, Object> status, List<Map<String, Object>> candidates) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("run", run);
    data.put("status", status);
    data.put("place", "");
    data.put("candidates", candidates);
    return data;
  }
}
