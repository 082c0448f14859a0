/**
 * What Segue installed and what it still owes, kept across restarts and kill -9 in the state directory.
 *
 * <p>Imports {@code plan} and the JDK. One thread at a time for each target; different targets may be handled side by side.
 *
 * <p><b>Why one file for each target?</b> One that is damaged takes nothing else with it, lanes need not wait for each other,
 * and at night {@code cat} shows what is owed. The name tells the target; of a long path, its end.
 *
 * <p><b>Why is the previous file inside the entry?</b> The two are one fact: what is owed, and what comes back if it cannot be
 * paid. In one file one rename changes both, and no kill can part them.
 *
 * <p><b>Why does nothing throw?</b> A full disk must not keep a good configuration from the program. Without its journal Segue
 * is as good as its peers, and says so; only a kill at that time loses what is owed.
 *
 * <p><b>Why is an applied entry not flushed?</b> If the machine dies, the program that had to be reloaded dies too. An older
 * entry that comes back costs one superfluous reload.
 *
 * <p><b>Why are damaged entries kept?</b> The previous file may be in one, and a person may want it.
 *
 * <p><b>Why locks and not pid files?</b> The system gives up a lock with its process, however that ends, and pids come again
 * after a reboot and in each container. Lock files stay, because deleting one could let two have "it".
 *
 * <p><b>Why are no channels used for content?</b> Interrupting a thread closes the channel that it uses, and a pass that is told
 * to stop must still note what it owes.
 */
@NullMarked
package dev.segue.journal;

import org.jspecify.annotations.NullMarked;
