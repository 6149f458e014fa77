package org.finchnas.mobile;

import java.nio.file.Path;
import org.finchnas.searchspace.network.TrainedNetwork;

/**
 * A network to be written.
 *
 * @param file where it goes; an older file there is replaced once the new one is verified
 */
public record ExportRequest(
    TrainedNetwork network, ModelCard card, ExportFormat format, Precision precision, Path file) {}
