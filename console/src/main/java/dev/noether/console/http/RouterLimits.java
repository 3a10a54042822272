package dev.noether.console.http;

import java.time.Duration;

/**
 * How long a request may keep a thread.
 *
 * @param body time in which the content of a request must arrive
 * @param heavyWait time that a large answer waits for its turn
 */
record RouterLimits(Duration body, Duration heavyWait) {
    static final RouterLimits USUAL = new RouterLimits(Duration.ofSeconds(10), Duration.ofSeconds(2));
}
