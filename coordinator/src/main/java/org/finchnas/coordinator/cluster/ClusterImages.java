package org.finchnas.coordinator.cluster;

import java.nio.file.Path;

/**
 * The images of a search in one resolution.
 *
 * @param size rows and columns
 * @param hash content hash
 * @param file holds them decoded, for workers that have not got them
 */
public record ClusterImages(int size, String hash, Path file) {}
