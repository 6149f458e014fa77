package org.finchnas.mobile;

import java.nio.file.Path;
import org.finchnas.mobile.calibration.Calibration;
import org.finchnas.searchspace.network.TrainedNetwork;

/**
 * A network to be written.
 *
 * @param calibration asked for the ranges of activations where the precision needs them
 * @param file where it goes; an older file there is replaced once the new one is verified
 */
public record ExportRequest(
    TrainedNetwork network,
    ModelCard card,
    ExportFormat format,
    Precision precision,
    Calibration calibration,
    Path file) {}
