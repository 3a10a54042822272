/**
 * The services of the compose files, started as processes of this machine without a container engine. Used by the tests
 * of the deployment and by the chaos program of the lab.
 */
@NullMarked
package dev.noether.testing.deployment;

import org.jspecify.annotations.NullMarked;
