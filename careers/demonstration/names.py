"""Names for invented pupils, as various as in an English town. No list holds a real person."""

from __future__ import annotations

from random import Random

GIRLS = """Abigail Adaeze Aisha Alice Amara Amelia Amelie Anaïs Anya Ava Ayesha Beatrice Bethany Blessing Caitlin Charlotte Chidera
Chloe Chloé Daisy Darcey Divya Eleanor Eliza Elsie Emilia Emily Esme Esmé Evelyn Evie Faith Fatima Fern Florence Freya Georgia Gabriela
Grace Gurleen Hafsa Halima Hannah Harper Harriet Hollie Imani Imogen Iris Isabella Isla Ivy Jasmine Jaya Jessica Joanna Kasia Katie
Keira Khadija Lacey Layla Leah Leila Lexi Libby Lily Lola Lucy Maisie Mabel Magdalena Maryam Matilda Megan Mei Mia Millie Molly Nadia
Naomi Nia Niamh Nicole Oliwia Olivia Orla Paige Phoebe Pippa Poppy Precious Priya Rosa Rose Ruby Ruth Safiya Sana Scarlett Seren
Sienna Simran Siobhán Skye Sofia Sophie Summer Tallulah Tegan Temperance Thea Tiwa Uzma Violet Wiktoria Willow Yasmin Zainab Zara Zoë
Anna-Louise Ella-Mae Gracie-May Lilly-Rose""".split()

BOYS = """Aaron Abdullah Adam Adeel Aiden Alejandro Alfie Amir Andrei Archie Arjun Arlo Arthur Ayaan Bartosz Benjamin Bilal Billy Bobby
Brandon Callum Cameron Charlie Chidi Connor Corey Cormac Daniel Darius David Dexter Dominik Dylan Edward Eesa Elijah Elliot Emmanuel
Ethan Ewan Ezra Felix Filip Finley Finn François Frankie Frederick Gabriel George Gethin Haris Harley Harrison Harry Harvey Hassan
Henry Hugo Ibrahim Idris Isaac Ishaan Jack Jacob Jake Jakub James Jayden Jenson Jesse Joel Joseph Joshua Jude Kai Kayden Kieran Kofi
Kwame Kyle Leo Leon Lewis Liam Logan Louis Luca Luke Mason Mateusz Matthew Max Michael Mikołaj Mohammed Muhammad Musa Nathan Nicholas
Noah Ollie Oliver Omar Oscar Otis Owen Patrick Piotr Rafael Rajan Reece Reuben Rhys Riley Robert Ronnie Rory Rowan Ryan Samuel
Sebastian Seán Stanley Teddy Theo Thomas Tobias Toby Tomasz Tyler Umar William Xavier Yusuf Zachary Zayn Zoltán Alfie-James
Tyler-Jay""".split()

SURNAMES = """Abbott Abdi Achterberg Adebayo Afolabi Ahmed Akhtar Alder Ali Allsop Amoah Anand Andrews Appleyard Arkwright Armitage
Arnold Asante Ashdown Ashworth Aziz Bailey Bains Baker Balogun Bamford Banerjee Barker Barnes Barraclough Begum Bellamy Bennett Bhatt
Birch Blackwell Booth Bosworth Bowen Bradshaw Braithwaite Brennan Briggs Broadbent Brook Brown Buckley Burgess Burton Butterworth
Byrne Carmichael Carr Carter Chadwick Chan Chaudhry Cheng Choudhury Clarke Clegg Cole Collins Cooper Corrigan Costa Coulson Cowan
Crabtree Crossley Curtis Dalton Davies Dawson Dean Dhillon Diallo Dixon Dobson Doyle Duarte Dunne Dyer Eastwood Ellis Emery Evans
Eze Fairclough Farah Farrell Fernandes Fielding Finch Fisher Fletcher Ford Foster Fowler Francis Frost Gallagher Garner Georgiou
Ghosh Gibson Gill Goddard Goodwin Grabowska Graham Grant Greaves Green Grewal Griffiths Gupta Haigh Hall Hamid Hardcastle Hargreaves
Harper Harris Hartley Hassan Haworth Hayes Healey Henderson Hewitt Hill Hinchliffe Holroyd Hope Horsfall Howarth Hughes Hussain Hutton
Ibrahim Illingworth Iqbal Islam Ivanova Jackson Jagger Jankowska Jarvis Jenkins Jepson Johnson Jones Joyce Kamara Kaur Kaya Keane
Kelly Khan Khatun King Kirby Knowles Kowalczyk Kumar Lambert Lang Lawson Leigh Lewandowska Lewis Li Lister Lloyd Lockwood Lowe Lumb
Macdonald Mahmood Malik Marsden Marsh Martin Mason Maxwell Mbeki McCabe McCarthy McGrath McKenzie Mensah Metcalfe Miah Midgley
Milburn Miller Mistry Mitchell Mohamed Moore Morgan Morris Murphy Naylor Ndiaye Newton Nguyen Nicholls Nowak Nuttall Obi Ogden
Okafor Okonkwo Oldfield Oldroyd Osei Owen Palmer Parker Parkinson Patel Pearce Perkins Petrova Phillips Pickles Popescu Porter
Powell Preston Price Qureshi Radcliffe Rahman Ramsden Rao Rashid Rawson Reid Rhodes Richards Riley Roberts Robinson Rogers Rose Rowe
Saleh Sandhu Santos Saxton Schofield Scott Sesay Shah Sharma Shaw Sheikh Sidhu Simpson Singh Slater Smith Sowerby Spencer Stead
Stephens Stewart Suleiman Sutcliffe Sykes Tahir Tait Tanner Taylor Tempest Teo Thackray Thomas Thompson Thornton Tiwari Todd Tran
Turner Uddin Varga Vaughan Vickers Wadsworth Walker Wallace Walsh Walton Ward Waterhouse Watson Webb Wells Whitaker White Whittle
Wilkinson Williams Wilson Wójcik Wong Wood Woźniak Wright Yates Yilmaz Young Yusuf Zhang Zielińska""".split()

RARER_SURNAMES = (
    "O'Brien", "O'Connor", "O'Dell", "O'Sullivan", "D'Souza", "D'Angelo", "M'Baye", "Ng", "Øverland", "Müller", "Núñez", "Brontë-Hall",
    "Peña", "Żak", "Łuczak", "Smith-Okoro", "Hall-Begum", "Clarke-Nwosu", "Ali Khan", "de Souza", "van der Berg", "Mac Giolla",
    "St John", "Featherstonehaugh-Wolstenholme", "Ramanathapuram-Chidambaram", "Cholmondeley-Fitzgerald", "Al-Hassan", "El-Masri",
)  # fmt: skip

KNOWN_AS = {
    "Mohammed": "Mo", "Benjamin": "Ben", "Charlotte": "Lottie", "Matthew": "Matt", "Thomas": "Tom", "Samuel": "Sam", "Joshua": "Josh",
    "Eleanor": "Ellie", "Abigail": "Abi", "Zachary": "Zach", "Alejandro": "Alex", "Wiktoria": "Wiki", "Frederick": "Fred",
    "Matilda": "Tilly", "Isabella": "Bella", "Robert": "Rob",
}  # fmt: skip


def forename(rng: Random, sex: str) -> str:
    return rng.choice(GIRLS if sex == "F" else BOYS)


def surname(rng: Random) -> str:
    return rng.choice(RARER_SURNAMES) if rng.random() < 0.06 else rng.choice(SURNAMES)
