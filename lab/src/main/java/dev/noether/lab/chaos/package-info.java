/**
 * {@code noether chaos}: faults to the services of docker-compose.yml under a steady load, and the proof that nothing
 * was lost, doubled or changed; or a long run that watches the resources of the services.
 */
@NullMarked
package dev.noether.lab.chaos;

import org.jspecify.annotations.NullMarked;
