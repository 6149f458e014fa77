package org.finchnas.benchmarks.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.finchnas.benchmarks.Scratch;
import org.finchnas.cli.dashboard.DashboardServer;
import org.finchnas.cli.dashboard.DashboardServer.Site;
import org.finchnas.coordinator.run.RunDirectory;

/**
 * The live page of 5 000 candidates in a real browser: until there is something to read, until the
 * table is there, the longest frame while table and page are scrolled, and from a line of the log
 * to the page.
 */
public final class DashboardBenchmark {

  private static final int CANDIDATES = 5000;
  private static final int LOADS = 5;
  private static final int UPDATES = 10;

  private static final String LOADED =
      """
      new Promise(done => {
        const look = () => document.querySelectorAll('#lines tr').length > 5
          ? done([performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0, performance.now()])
          : setTimeout(look, 5);
        look();
      })
      """;
  private static final String SCROLLED =
      """
      (async () => {
        const frame = () => new Promise(done => requestAnimationFrame(done));
        const gaps = [];
        const roll = async (box, places) => {
          let last = await frame();
          for (const place of places) {
            box.scrollTop = place;
            const now = await frame();
            gaps.push(now - last);
            last = now;
          }
        };
        const rows = document.getElementById('rows');
        const steps = [...Array(150).keys()];
        await roll(rows, steps.map(step => step * rows.scrollHeight / 150));
        await roll(document.scrollingElement, steps.map(step => (step % 50) * 40));
        gaps.sort((a, b) => a - b);
        return [gaps[Math.floor(gaps.length / 2)], gaps[gaps.length - 1]];
      })()
      """;
  private static final String ARRIVED =
      """
      new Promise(done => {
        const look = () => document.querySelector('#lines tr:not(.gap) td')?.textContent === '%d'
          ? done(true) : setTimeout(look, 5);
        look();
      })
      """;

  private DashboardBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Scratch.directory("dashboard").resolve(UUID.randomUUID().toString());
    Files.createDirectories(folder);
    ManyCandidates candidates = new ManyCandidates();
    try (RunDirectory run = candidates.begin(folder.resolve("run"), CANDIDATES);
        DashboardServer server =
            DashboardServer.start(
                run.path(),
                new Site("localhost", 0, false),
                words -> new ProcessBuilder("false"),
                () -> {});
        Browser browser = Browser.start(chromium(), folder.resolve("browser"))) {
      Map<String, Number> figures = measure(run, candidates, server, browser);
      print(figures, Arrays.asList(arguments).contains("--json"));
    }
  }

  private static Map<String, Number> measure(
      RunDirectory run, ManyCandidates candidates, DashboardServer server, Browser browser)
      throws IOException {
    List<Double> first = new ArrayList<>();
    List<Double> loaded = new ArrayList<>();
    List<Double> frames = new ArrayList<>();
    List<Double> longest = new ArrayList<>();
    List<Double> live = new ArrayList<>();
    for (int i = 0; i < LOADS; i++) {
      browser.open(server.address());
      JsonNode load = browser.evaluate(LOADED);
      first.add(load.get(0).doubleValue());
      loaded.add(load.get(1).doubleValue());
      JsonNode scrolled = browser.evaluate(SCROLLED);
      frames.add(scrolled.get(0).doubleValue());
      longest.add(scrolled.get(1).doubleValue());
    }
    browser.evaluate("document.getElementById('rows').scrollTop = 0");
    for (int i = 0; i < UPDATES; i++) {
      run.log().append(candidates.next());
      long told = System.nanoTime();
      browser.evaluate(ARRIVED.formatted(CANDIDATES + i));
      live.add((System.nanoTime() - told) / 1e6);
    }
    Map<String, Number> figures = new LinkedHashMap<>();
    figures.put("candidates", CANDIDATES);
    put(figures, "firstContentMillis", first);
    put(figures, "loadedMillis", loaded);
    put(figures, "frameMillis", frames);
    put(figures, "longestFrameMillis", longest);
    put(figures, "liveMillis", live);
    figures.put("consoleErrors", browser.complaints());
    return figures;
  }

  /** The median and the worst. */
  private static void put(Map<String, Number> figures, String name, List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    figures.put(name, sorted.get(sorted.size() / 2));
    figures.put(name + "Worst", sorted.get(sorted.size() - 1));
  }

  private static void print(Map<String, Number> figures, boolean json) throws IOException {
    if (json) {
      System.out.println(new ObjectMapper().writeValueAsString(figures));
      return;
    }
    System.out.printf("%d candidates%n", CANDIDATES);
    line(figures, "first content", "firstContentMillis", 1000);
    line(figures, "all loaded", "loadedMillis", 2000);
    line(figures, "frame while scrolling", "frameMillis", 100);
    line(figures, "longest frame", "longestFrameMillis", 100);
    line(figures, "log to page", "liveMillis", 1000);
    System.out.printf("console errors %d%n", number(figures, "consoleErrors").intValue());
  }

  private static void line(Map<String, Number> figures, String what, String name, int target) {
    System.out.printf(
        Locale.ROOT,
        "%-22s median %6.0f ms, worst %6.0f ms (target: under %d)%n",
        what,
        number(figures, name).doubleValue(),
        number(figures, name + "Worst").doubleValue(),
        target);
  }

  private static Number number(Map<String, Number> figures, String name) {
    return Objects.requireNonNull(figures.get(name));
  }

  private static String chromium() throws IOException {
    String path = String.valueOf(System.getenv("PATH"));
    for (String name : List.of("chromium", "chromium-browser", "google-chrome")) {
      for (String folder : Pattern.compile(Pattern.quote(File.pathSeparator)).split(path)) {
        Path program = Path.of(folder, name);
        if (Files.isExecutable(program)) {
          return program.toString();
        }
      }
    }
    throw new IOException("There is no Chromium on the PATH. Debian: apt-get install chromium.");
  }
}
