package org.finchnas.cli.view;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What the page is made of. */
public enum PageResource {
  INDEX("index.html"),
  FORMAT("format.js"),
  DRAWING("charts.js"),
  TABLE("table.js"),
  CANDIDATE("candidate.js"),
  APP("app.js"),
  STYLE("app.css"),
  ICON("icon.svg"),
  /** Chart.js (MIT), as it is published, from its own jar. */
  CHARTS("/META-INF/resources/webjars/chart.js/4.5.1/dist/chart.umd.min.js");

  private final String name;

  PageResource(String name) {
    this.name = name;
  }

  /**
   * @throws IOException if a jar of Finch's is damaged
   */
  public byte[] bytes() throws IOException {
    try (InputStream in = PageResource.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException(name + " is missing in Finch's jars. Build Finch anew.");
      }
      return in.readAllBytes();
    }
  }

  /**
   * @throws IOException if a jar of Finch's is damaged
   */
  public String text() throws IOException {
    return new String(bytes(), StandardCharsets.UTF_8);
  }
}
