package org.finchnas.data;

/**
 * A file as its authors published it.
 *
 * @param name the last part of its address
 * @param md5 what they say it hashes to, hexadecimal
 */
record PublishedFile(String name, String md5) {}
