/**
 * Main classes that the containers of {@code docker-compose.yml} run from the job jar, beside the two jobs. They use
 * the same classes as the commands of {@code ./noether}.
 */
@NullMarked
package dev.noether.flink.container;

import org.jspecify.annotations.NullMarked;
