package org.finchnas.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.finchnas.data.ImageFolder.ClassFolder;

/**
 * What is in a folder of pictures, known in seconds also of a million: every file is counted, and a
 * sample of them, spread evenly over each class, is decoded.
 *
 * @param folder as it was named
 * @param classes in the order of their names
 * @param tested whether the folder itself says, by {@code train} and {@code test}, what is tested
 *     on
 * @param sampled how many files were decoded, or tried
 * @param damaged those of them that did not decode, each with the reason
 * @param shorterSides pixels of the shorter side of each picture of the sample, ascending
 * @param perPicture how long one took to decode on one core, on average
 * @param warnings what was left out without opening it
 */
public record PictureSurvey(
    Path folder,
    List<ClassCount> classes,
    boolean tested,
    int sampled,
    List<String> damaged,
    List<Integer> shorterSides,
    Duration perPicture,
    List<String> warnings) {

  /** Enough for a median, few enough to be decoded while somebody waits. */
  static final int SAMPLE = 200;

  private static final int FEWEST = 20;
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** In which the sample is decoded: what most networks of a search would see. */
  private static final int SIZE = 32;

  /** Of the pictures of a class, the share that is tested on where the folder does not say. */
  private static final double TEST_SHARE = 0.2;

  /**
   * Pictures of a class.
   *
   * @param train files to learn from; about, where their content decides
   * @param test files to be tested on; likewise
   */
  public record ClassCount(String label, long train, long test) {

    public long all() {
      return train + test;
    }
  }

  public PictureSurvey {
    classes = List.copyOf(classes);
    damaged = List.copyOf(damaged);
    shorterSides = List.copyOf(shorterSides);
    warnings = List.copyOf(warnings);
    if (classes.size() < 2) {
      throw new IllegalArgumentException("A survey needs at least 2 classes: " + classes);
    }
  }

  /**
   * Looks through a folder that holds a folder of pictures a class, or {@code train} and {@code
   * test} with such.
   *
   * @throws DataSetException unless there are at least two classes, each with pictures, of which
   *     some decode, or if there are too many pictures for one data set
   */
  public static PictureSurvey of(Path root) {
    ImageFolder folder = new ImageFolder(root);
    List<Path> sample = sample(folder.folders());
    List<String> damaged = new ArrayList<>();
    List<Integer> sides = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = 0; i < sample.size() && !isEnough(i, System.nanoTime() - start); i++) {
      try {
        byte[] bytes = Files.readAllBytes(sample.get(i));
        byte[] unused = new ImageDecoder(SIZE).decode(bytes);
        sides.add(ImageDecoder.shorterSide(bytes));
      } catch (IOException e) {
        String reason = Objects.requireNonNullElse(e.getMessage(), e.toString());
        damaged.add("%s: %s".formatted(sample.get(i), reason));
      }
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    if (sides.isEmpty()) {
      throw new DataSetException(
          "%s: none of %d pictures that were tried decodes; the first: %s. Put JPEG, PNG, GIF or BMP files there."
              .formatted(root, damaged.size(), damaged.get(0)));
    }
    return new PictureSurvey(
        root,
        counts(folder),
        folder.isSplit(),
        sides.size() + damaged.size(),
        damaged,
        sides.stream().sorted().toList(),
        took.dividedBy(sides.size() + damaged.size()),
        folder.warnings());
  }

  /** Large pictures take a tenth of a second each, and somebody waits. */
  private static boolean isEnough(int looked, long nanos) {
    return looked >= FEWEST && nanos > LONGEST.toNanos();
  }

  /** One of each class, then another of each, and so on. */
  private static List<Path> sample(List<ClassFolder> folders) {
    int each = Math.max(1, SAMPLE / folders.size());
    List<Path> sample = new ArrayList<>();
    for (int i = 0; i < each; i++) {
      for (ClassFolder of : folders) {
        int size = of.files().size();
        int taken = Math.min(size, each);
        if (i < taken && sample.size() < SAMPLE) {
          sample.add(of.files().get((int) ((long) i * size / taken)));
        }
      }
    }
    return sample;
  }

  private static List<ClassCount> counts(ImageFolder folder) {
    Map<Integer, long[]> bySide = new LinkedHashMap<>();
    for (ClassFolder of : folder.folders()) {
      long[] counts = bySide.computeIfAbsent(of.label(), label -> new long[2]);
      int files = of.files().size();
      long test =
          switch (of.side()) {
            case TRAIN -> 0;
            case TEST -> files;
            case BY_CONTENT -> Math.max(1, Math.round(files * TEST_SHARE));
          };
      counts[0] += files - test;
      counts[1] += test;
    }
    return bySide.entrySet().stream()
        .map(
            entry ->
                new ClassCount(
                    folder.labels().get(entry.getKey()), entry.getValue()[0], entry.getValue()[1]))
        .toList();
  }

  /** All files that may be pictures. */
  public long pictures() {
    return classes.stream().mapToLong(ClassCount::all).sum();
  }

  /** Those to learn from, about. */
  public long trainPictures() {
    return classes.stream().mapToLong(ClassCount::train).sum();
  }

  /** Pixels of the shorter side of the picture in the middle of the sample. */
  public int medianSide() {
    return shorterSides.get(shorterSides.size() / 2);
  }

  /** The class with the fewest pictures to learn from. */
  public ClassCount smallest() {
    return classes.stream()
        .min((a, b) -> Long.compare(a.train(), b.train()))
        .orElseThrow(IllegalStateException::new);
  }

  /** The class with the most pictures to learn from. */
  public ClassCount largest() {
    return classes.stream()
        .max((a, b) -> Long.compare(a.train(), b.train()))
        .orElseThrow(IllegalStateException::new);
  }

  /** How many times as many pictures the largest class has as the smallest, at least 1. */
  public double imbalance() {
    return (double) Math.max(1, largest().train()) / Math.max(1, smallest().train());
  }

  /** About how long all pictures take to decode. */
  public Duration decoding(int cores) {
    return perPicture.multipliedBy(pictures()).dividedBy(cores);
  }

  /** Whether all pictures fit into one data set as squares of so many pixels a side. */
  public boolean fits(int size) {
    return ImageFolderReader.bytes(pictures(), size) <= Integer.MAX_VALUE;
  }
}
