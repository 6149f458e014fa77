package org.finchnas.cli.dashboard;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.finchnas.cli.view.PageResource;

/** The files that the page itself is made of, all from Finch's own jars. */
final class PageFiles {

  private static final String SCRIPT = "text/javascript; charset=utf-8";

  private static final Map<String, Served> FILES =
      Map.of(
          "/", new Served(PageResource.INDEX, "text/html; charset=utf-8"),
          "/app.css", new Served(PageResource.STYLE, "text/css; charset=utf-8"),
          "/icon.svg", new Served(PageResource.ICON, "image/svg+xml"),
          "/chart.js", new Served(PageResource.CHARTS, SCRIPT),
          "/format.js", new Served(PageResource.FORMAT, SCRIPT),
          "/charts.js", new Served(PageResource.DRAWING, SCRIPT),
          "/table.js", new Served(PageResource.TABLE, SCRIPT),
          "/candidate.js", new Served(PageResource.CANDIDATE, SCRIPT),
          "/app.js", new Served(PageResource.APP, SCRIPT));

  private record Served(PageResource resource, String type) {}

  private PageFiles() {}

  /**
   * Empty if there is no file of that path.
   *
   * @throws IOException if Finch's jars are damaged
   */
  static Optional<Answer> find(String path) throws IOException {
    Served file = FILES.get(path);
    return file == null
        ? Optional.empty()
        : Optional.of(Answer.of(Answer.OK, file.type(), file.resource().bytes()));
  }
}
