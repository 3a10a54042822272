/**
 * The detectors that Noether is compared with in {@code ./noether evaluate --peers}, and the plain controls. The only package that
 * uses libraries of other detectors.
 */
@NullMarked
package dev.noether.lab.peers;

import org.jspecify.annotations.NullMarked;
