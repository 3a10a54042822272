/**
 * The services of docker-compose.yml as supervised processes: started again when they end, killed and paused at will.
 */
@NullMarked
package dev.noether.lab.chaos.service;

import org.jspecify.annotations.NullMarked;
