package org.finchnas.mobile.coreml.decoder;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where in a package its model lies. */
final class PackageManifest {

  private static final Pattern ROOT =
      Pattern.compile("\"rootModelIdentifier\"\\s*:\\s*\"([^\"]+)\"");

  private PackageManifest() {}

  static String modelPlace(Map<String, byte[]> files) {
    String manifest = new String(file(files, "Manifest.json"), StandardCharsets.UTF_8);
    String identifier = first(ROOT, manifest);
    Pattern path =
        Pattern.compile(
            Pattern.quote("\"" + identifier + "\"")
                + "\\s*:\\s*\\{[^}]*\"path\"\\s*:\\s*\"([^\"]+)\"");
    return "Data/" + first(path, manifest);
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new MalformedModelException("its manifest names no model");
    }
    return matcher.group(1);
  }

  static byte[] file(Map<String, byte[]> files, String place) {
    byte[] file = files.get(place);
    if (file == null) {
      throw new MalformedModelException("there is no " + place + " in it");
    }
    return file;
  }
}
