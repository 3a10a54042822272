/**
 * The peers: other detectors that {@code ./noether evaluate --peers} compares Noether with, from random scores to
 * Random Cut Forest. The only package that uses libraries of other detectors.
 */
@NullMarked
package dev.noether.lab.peers;

import org.jspecify.annotations.NullMarked;
