package dev.noether.flink.scoring;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;

/** A store that does not answer until it is told to. Flink finds it as a service. */
public final class HangingStore implements FileSystemFactory {
    static final String SCHEME = "hanging";

    private static volatile CountDownLatch answer = new CountDownLatch(0);

    /** From now on nothing is answered. */
    static void hang() {
        answer = new CountDownLatch(1);
    }

    /** Answers all that waits, and all that comes. */
    static void goOn() {
        answer.countDown();
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileSystem create(URI address) {
        return new LocalFileSystem() {
            @Override
            public FileStatus getFileStatus(Path path) throws IOException {
                try {
                    answer.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("interrupted while the store did not answer", e);
                }
                return super.getFileStatus(path);
            }
        };
    }
}
