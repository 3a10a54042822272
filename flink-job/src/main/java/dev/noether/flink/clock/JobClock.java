package dev.noether.flink.clock;

import java.io.Serializable;

/** The clock of the machine that the job runs on. It is sent to the job, so it is serializable. Thread safe. */
@FunctionalInterface
public interface JobClock extends Serializable {
    /** The system's clock. */
    JobClock SYSTEM = System::currentTimeMillis;

    /** Returns the present time, milliseconds since 1970 UTC. */
    long millis();
}
