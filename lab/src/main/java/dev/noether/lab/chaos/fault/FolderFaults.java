package dev.noether.lab.chaos.fault;

import dev.noether.lab.chaos.service.Service;
import dev.noether.lab.chaos.service.Services;
import dev.noether.lab.chaos.service.ToolProcess;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Faults of folders and disks. Permissions would not stop a process of root, so a folder is moved away with a file in
 * its place: each access fails, of whatever user. A full disk is a limit of the process: it may write no byte more.
 */
final class FolderFaults {
    private final Services services;

    FolderFaults(Services services) {
        this.services = services;
    }

    /** Moves a folder away for a while. */
    void away(Path folder, double seconds) throws IOException, InterruptedException {
        Path elsewhere = folder.resolveSibling(folder.getFileName() + ".away");
        Files.move(folder, elsewhere);
        Files.createFile(folder);
        try {
            FaultInjector.sleep(seconds);
        } finally {
            Files.delete(folder);
            Files.move(elsewhere, folder);
        }
    }

    /** Lets processes write to no file for a while. */
    void full(List<Service> writers, double seconds) throws InterruptedException {
        List<Long> limited =
                writers.stream().map(service -> services.process(service).pid()).toList();
        limited.forEach(pid -> limit(pid, "0:unlimited"));
        try {
            FaultInjector.sleep(seconds);
        } finally {
            limited.forEach(pid -> limit(pid, "unlimited:unlimited"));
        }
    }

    /** Cuts the description of the newest checkpoint in half, as a crash of the machine may. */
    void cutNewestCheckpoint() throws IOException {
        Optional<Path> newest = newestMetadata();
        if (newest.isEmpty()) {
            throw new IOException("there is no checkpoint in " + services.checkpoints());
        }
        try (FileChannel file = FileChannel.open(newest.get(), StandardOpenOption.WRITE)) {
            file.truncate(file.size() / 2);
        }
    }

    private Optional<Path> newestMetadata() throws IOException {
        try (Stream<Path> files = Files.walk(services.checkpoints())) {
            return files.filter(file -> file.getFileName().toString().equals("_metadata"))
                    .max(Comparator.comparing(file -> file.toFile().lastModified()));
        }
    }

    private static void limit(long pid, String bytes) {
        ToolProcess.run("prlimit", "--pid", Long.toString(pid), "--fsize=" + bytes);
    }
}
