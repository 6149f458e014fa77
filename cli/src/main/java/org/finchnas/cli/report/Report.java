package org.finchnas.cli.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.finchnas.cli.view.RunStatus;
import org.finchnas.cli.view.RunView;
import org.finchnas.coordinator.run.RecordedRun;

/**
 * Writes a run's {@code report/}: {@code report.html}, which opens from disk and needs nothing
 * else, {@code pareto.csv}, {@code evaluations.csv}, and {@code front.svg} and the cells of the
 * front as pictures of their own.
 */
public final class Report {

  /** Details of more candidates would make the file too large to open with pleasure. */
  private static final int MOST_DETAILS = 400;

  private static final String PAGE = "report.html";

  private final RecordedRun run;
  private final RunView view;
  private final List<Integer> front;

  private Report(RecordedRun run) {
    this.run = run;
    this.view = new RunView(run);
    this.front = view.front();
  }

  /**
   * Writes it over one that is there.
   *
   * @param finch how a person calls Finch in a terminal
   * @param frontPicture the front as an SVG document
   * @return the page
   */
  public static Path write(RecordedRun run, String finch, String frontPicture) throws IOException {
    return new Report(run).write(finch, frontPicture);
  }

  private Path write(String finch, String frontPicture) throws IOException {
    Path folder = Files.createDirectories(run.path().resolve("report"));
    Map<Integer, String> drawings = drawings();
    Map<String, Object> data = ReportPage.data(view.head(), status(), view.lines(0));
    data.put("details", details());
    Map<Integer, String> pictures = new TreeMap<>();
    drawings.forEach((number, svg) -> pictures.put(number, ReportPage.picture(svg)));
    data.put("drawings", pictures);
    String sections = new ReportSections(run, view, front, finch).html(pictures);
    deleteDrawings(folder);
    put(folder.resolve("pareto.csv"), view.frontCsv());
    put(folder.resolve("evaluations.csv"), view.csv());
    put(folder.resolve("front.svg"), frontPicture);
    for (Map.Entry<Integer, String> each : drawings.entrySet()) {
      put(folder.resolve("cells-%d.svg".formatted(each.getKey())), each.getValue());
    }
    Path page = folder.resolve(PAGE);
    put(page, ReportPage.html(run.config().name(), data, sections));
    return page;
  }

  /** Those of a front that was another when the report was written before. */
  private static void deleteDrawings(Path folder) throws IOException {
    try (DirectoryStream<Path> before = Files.newDirectoryStream(folder, "cells-*.svg")) {
      for (Path drawing : before) {
        Files.delete(drawing);
      }
    }
  }

  /** Also of a search that is about to end: the report is what there will be of it. */
  private Map<String, Object> status() {
    Map<String, Object> status =
        new LinkedHashMap<>(RunStatus.of(run.path(), run.config(), run.told(), Optional.empty()));
    status.putAll(view.progress());
    status.put("baselines", view.baselines());
    return status;
  }

  private Map<Integer, String> drawings() {
    Map<Integer, String> drawings = new TreeMap<>();
    for (int number : front) {
      view.drawing(number).ifPresent(svg -> drawings.put(number, svg));
    }
    return drawings;
  }

  /** Of the front and what it descends from. */
  private Map<Integer, Object> details() {
    Map<Integer, Object> details = new TreeMap<>();
    for (int number : withAncestors()) {
      if (details.size() < MOST_DETAILS) {
        view.details(number).ifPresent(each -> details.put(number, each));
      }
    }
    return details;
  }

  private Set<Integer> withAncestors() {
    Set<Integer> wanted = new LinkedHashSet<>(front);
    List<Integer> ancestors = new ArrayList<>();
    front.forEach(number -> ancestors.addAll(view.lineage(number)));
    wanted.addAll(ancestors);
    return wanted;
  }

  /** As a whole: whoever has the old one open and loads it again finds one or the other. */
  private static void put(Path file, String text) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.write(part, text.getBytes(StandardCharsets.UTF_8));
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
