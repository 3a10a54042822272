/**
 * Readers of labelled data sets: SMD-like folders, SKAB, NAB and ADBench. Each reader splits a series into training and
 * test rows. Uses {@code lab.metric} for labelled events and the readers of {@code cli}.
 */
@NullMarked
package dev.noether.lab.evaluate.dataset;

import org.jspecify.annotations.NullMarked;
