/** The compose files, read strictly and started as real processes without a container engine. */
@NullMarked
package dev.noether.flink.deployment;

import org.jspecify.annotations.NullMarked;
