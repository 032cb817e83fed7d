/* see /home/someone/notes */
