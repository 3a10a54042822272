/**
 * {@code ./noether evaluate}: this detector and its peers over labelled sets, with the same split for all. The way of the
 * data: {@code dataset} finds and reads series, {@code detect} judges their rows, {@code measure} holds the judgements
 * against the labels, {@code output} writes what came of it.
 */
@NullMarked
package dev.noether.lab.evaluate;

import org.jspecify.annotations.NullMarked;
